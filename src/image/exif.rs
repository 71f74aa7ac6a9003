//! The way up of a photograph, as cameras write it into JPEG files. Browsers turn the image by it.

/// Returns whether an image is turned on its side, so that its width is shown as its height.
pub(super) fn is_on_its_side(jpeg: &[u8]) -> bool {
    exif(jpeg).and_then(orientation).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// Returns what a camera says of a JPEG file: among the segments before the image itself.
fn exif(jpeg: &[u8]) -> Option<&[u8]> {
    const BEGIN: &[u8] = b"Exif\0\0";
    let mut rest = jpeg.strip_prefix(b"\xFF\xD8")?;
    loop {
        let [0xFF, marker, high, low, ..] = *rest else { return None };
        // The image begins.
        if marker == 0xDA {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length)?;
        if let Some(exif) = segment.strip_prefix(BEGIN).filter(|_| marker == 0xE1) {
            return Some(exif);
        }
        rest = rest.get(2 + length..)?;
    }
}

/// Reads the orientation, one of the entries of the first directory.
fn orientation(exif: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 0x0112;
    const ENTRY: usize = 12;
    let is_little = exif.starts_with(b"II");
    let short = |at: usize| {
        let bytes = [*exif.get(at)?, *exif.get(at + 1)?];
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let offset: [u8; 4] = exif.get(4..8)?.try_into().ok()?;
    let offset = if is_little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) };
    let directory = usize::try_from(offset).ok().filter(|offset| *offset < exif.len())?;
    let entries = (0..usize::from(short(directory)?)).map(|at| directory + 2 + at * ENTRY);
    let found = entries.into_iter().find(|&at| short(at) == Some(ORIENTATION))?;
    short(found + 8)
}
