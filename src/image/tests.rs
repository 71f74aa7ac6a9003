use super::*;

fn svg(inner: &str) -> Result<Shape, NoImage> {
    let text = format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" viewBox=\"0 0 40 20\">{inner}</svg>");
    Shape::read(ImageKind::Svg, text.as_bytes())
}

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

#[test]
fn what_only_draws_is_shown() {
    for inner in [
        "",
        "<path d=\"M0 0h40\"/><text>image (1), url of nothing, on</text><title>on (a) map</title>",
        "<defs><linearGradient id=\"a\"/></defs><rect fill=\"url(#a)\" style=\"fill: url('#a')\"/>",
        "<use href=\"#a\"/><use xlink:href=\"#a\"/><a href=\"#a\"/>",
        "<image href=\"data:image/png;base64,AAAA\"/><image xlink:href=\"data:image/jpeg;base64,AA\n AA\"/>",
        "<style>@font-face { src: url(data:font/woff2;base64,AAAA) } text { fill: red }</style>",
        "<style><![CDATA[.a > .b { fill: url(#a) }]]></style>",
        "<metadata><r:RDF xmlns:r=\"r\"><w r:resource=\"http://example.org/\"/></r:RDF></metadata>",
        "<s:view xmlns:s=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" href=\"x\"/>",
        "<animate attributeName=\"opacity\" values=\"0;1\"/><g aria-label=\"one (two)\"/>",
        "<!-- <script>no</script> -->",
    ] {
        assert_eq!(svg(inner), Ok(Shape { width: 40, height: 20 }), "{inner}");
    }
    let plain = |head: &str| Shape::read(ImageKind::Svg, format!("{head}<svg xmlns=\"{SVG}\"/>").as_bytes());
    for head in [
        "",
        "\u{FEFF}",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n",
        "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/svg11.dtd\">\n",
        "<!-- Made by hand -->\n",
    ] {
        assert_eq!(plain(head), Ok(Shape { width: 300, height: 150 }), "{head}");
    }
}

#[test]
fn what_could_do_more_than_draw_is_refused() {
    for inner in [
        "<script>alert(1)</script>",
        "<script href=\"#a\"/>",
        "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>",
        "<script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>",
        "<p xmlns=\"http://www.w3.org/1999/xhtml\"/>",
        "<g onload=\"alert(1)\"/>",
        "<g ONCLICK=\"alert(1)\"/>",
        "<foreignObject><b/></foreignObject>",
        "<iframe/>",
        "<a href=\"https://example.org/\"/>",
        "<a xlink:href=\"javascript:alert(1)\"/>",
        "<a xlink:href=\"java&#x73;cript:alert(1)\"/>",
        "<a xlink:href=\" j&#9;avascript:alert(1)\"/>",
        "<use href=\"data:image/svg+xml;base64,AAAA#x\"/>",
        "<use href=\"data:image/png;base64,AAAA#x\"/>",
        "<use href=\"other.svg#x\"/>",
        "<image href=\"http://example.org/a.png\"/>",
        "<image href=\"//example.org/a.png\"/>",
        "<image href=\"data:image/svg+xml,x\"/>",
        "<image href=\"data:text/html,x\"/>",
        "<feImage href=\"http://example.org/a.png\"/>",
        "<rect fill=\"url(http://example.org/a#b)\"/>",
        "<rect style=\"fill: url( 'http://example.org/a' )\"/>",
        "<rect style=\"fill: \\75 rl(http://example.org/a)\"/>",
        "<rect style=\"fill: u\\72l(//example.org/a)\"/>",
        "<style>@import 'http://example.org/a.css';</style>",
        "<style>@\\69mport \"a.css\";</style>",
        "<style><![CDATA[@import url(a.css);]]></style>",
        "<style>@imp<!-- -->ort url(#a);</style>",
        "<style>.a { background: url(#a), URL(\"a.png\") }</style>",
        "<style>.a { background: -webkit-image-set('a.png' 1x) }</style>",
        "<style>.a { background: image-set('a.png' 1x) }</style>",
        "<style>.a { background: src('a.png') }</style>",
        "<style>.a { cursor: url(data:text/html,a) }</style>",
        "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>",
        "<set attributeName=\" xlink:href\" to=\"#a\"/>",
        "<set attributeName=\"onclick\" to=\"alert(1)\"/>",
        "<animate attributeName=\"fill\" values=\"red;url(http://example.org/)\"/>",
        "<g xml:base=\"http://example.org/\"><use href=\"#a\"/></g>",
        "<?xml-stylesheet href=\"a.xsl\"?>",
    ] {
        assert!(matches!(svg(inner), Err(NoImage::Unsafe { .. })), "{inner}: {:?}", svg(inner));
    }
    let lines = format!("<svg xmlns=\"{SVG}\">\n<g/>\n<g onload='x'/></svg>");
    let found = Shape::read(ImageKind::Svg, lines.as_bytes());
    assert_eq!(found, Err(NoImage::Unsafe { what: "`onload`, which runs a program".to_owned(), line: 3 }));
}

#[test]
fn what_a_file_declares_is_refused_and_never_expanded() {
    let with = |head: &str, inner: &str| {
        Shape::read(ImageKind::Svg, format!("{head}<svg xmlns=\"{SVG}\">{inner}</svg>").as_bytes())
    };
    let laughs = (0..30).map(|at| format!("<!ENTITY a{next} \"&a{at};&a{at};\">", next = at + 1)).collect::<String>();
    for (head, inner) in [
        ("<!DOCTYPE svg [<!ENTITY a \"b\">]>", "<text>&a;</text>"),
        ("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>", "<text>&a;</text>"),
        ("<!DOCTYPE svg [<!ENTITY % a SYSTEM \"http://example.org/\"> %a;]>", ""),
        ("<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"alert(1)\">]>", ""),
        (&format!("<!DOCTYPE svg [<!ENTITY a0 \"ha\">{laughs}]>"), "<text>&a30;</text>"),
        ("<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?>", ""),
        ("<?xml version=\"1.0\" encoding='utf-7'?>", ""),
        ("<?xml-stylesheet href=\"a.css\"?>", ""),
    ] {
        assert!(matches!(with(head, inner), Err(NoImage::Unsafe { .. })), "{head}: {:?}", with(head, inner));
    }
    for inner in ["&a;", "<g>", "\u{1}", "<g a=\"1\" a=\"2\"/>"] {
        assert!(matches!(with("", inner), Err(NoImage::Unreadable(_))), "{inner}: {:?}", with("", inner));
    }
    let deep = format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    assert!(with("", &deep).is_ok() || matches!(with("", &deep), Err(NoImage::Unreadable(_))));
    for text in ["<svg/>", "<html><svg/></html>", "<svg xmlns='http://www.w3.org/1999/xhtml'/>", "words", ""] {
        let read = Shape::read(ImageKind::Svg, text.as_bytes());
        assert!(matches!(read, Err(NoImage::Unreadable(_))), "{text}: {read:?}");
    }
}

#[test]
fn the_size_of_an_svg_is_in_pixels_of_css() {
    for (attributes, width, height) in [
        ("width=\"10\" height=\"20px\"", 10, 20),
        ("width=\"1in\" height=\"72pt\"", 96, 96),
        ("width=\"2em\" height=\"25.4mm\"", 32, 96),
        ("width=\"100%\" height=\"100%\" viewBox=\"0, 0, 120 40\"", 120, 40),
        ("width=\"60\" viewBox=\"0 0 120 40\"", 60, 20),
        ("height=\"20\" viewBox=\"0 0 120 40\"", 60, 20),
        ("width=\"-1\" height=\"nan\" viewBox=\"0 0 0 0\"", 300, 150),
        ("width=\"1e9\" height=\"1e-9\"", 100_000, 1),
    ] {
        let text = format!("<svg xmlns=\"{SVG}\" {attributes}/>");
        assert_eq!(Shape::read(ImageKind::Svg, text.as_bytes()), Ok(Shape { width, height }), "{attributes}");
    }
}

#[test]
fn other_formats_are_known_by_their_content() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10";
    let gif = b"GIF89a\x20\0\x10\0\0\0\0";
    let jpeg = b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x10\0\x20\x03\x01\x11\0\x02\x11\x01\x03\x11\x01\xFF\xD9";
    let webp = b"RIFF\x1A\0\0\0WEBPVP8L\x0D\0\0\0\x2F\x1F\xC0\x03\0\0\0\0\0\0\0\0\0";
    let shape = Ok(Shape { width: 32, height: 16 });
    for (kind, bytes) in
        [(ImageKind::Png, &png[..]), (ImageKind::Gif, gif), (ImageKind::Jpeg, jpeg), (ImageKind::Webp, webp)]
    {
        assert_eq!(Shape::read(kind, bytes), shape, "{}", kind.name());
        let other = if kind == ImageKind::Png { ImageKind::Svg } else { ImageKind::Png };
        assert_eq!(Shape::read(other, bytes), Err(NoImage::Other(kind)));
        for cut in [0, 3, 8, 13] {
            let read = Shape::read(kind, &bytes[..cut.min(bytes.len())]);
            assert!(read == shape || matches!(read, Err(NoImage::Unreadable(_))), "{read:?}");
        }
    }
    let none = Shape::read(ImageKind::Png, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0");
    assert_eq!(none, Err(NoImage::Unreadable("it has no size".to_owned())));
    assert!(matches!(Shape::read(ImageKind::Jpeg, b"<html>"), Err(NoImage::Unreadable(_))));
}

#[test]
fn a_photograph_that_was_taken_on_its_side_has_the_size_that_browsers_show() {
    let photo = |exif: &[u8]| {
        let length = u16::try_from(exif.len() + 8).unwrap().to_be_bytes();
        let head = [b"\xFF\xD8\xFF\xE1", &length[..], b"Exif\0\0", exif].concat();
        let image = b"\xFF\xC0\0\x11\x08\0\x10\0\x20\x03\x01\x11\0\x02\x11\x01\x03\x11\x01\xFF\xD9";
        Shape::read(ImageKind::Jpeg, &[&head[..], image].concat()).map(|shape| (shape.width, shape.height))
    };
    let little = |way: u8| [&b"II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"[..], &[way, 0, 0, 0]].concat();
    let big = |way: u8| [&b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01"[..], &[0, way, 0, 0]].concat();
    for way in 1..=8 {
        let expected = if way < 5 { (32, 16) } else { (16, 32) };
        assert_eq!([photo(&little(way)), photo(&big(way))], [Ok(expected), Ok(expected)], "{way}");
    }
    for broken in [&b""[..], b"II", b"II\x2A\0\xFF\xFF\xFF\xFF", b"MM\0\x2A\0\0\0\x08\xFF\xFF", &little(6)[..12]] {
        assert_eq!(photo(broken), Ok((32, 16)));
    }
}

#[test]
fn an_svg_has_the_same_name_whatever_its_line_ends() {
    let read = |end: &str| {
        let text = format!("<svg xmlns=\"{SVG}\">{end}<text>\r\r</text>{end}</svg>{end}\r");
        Image::read(ImageKind::Svg, text.into_bytes())
    };
    assert_eq!(read("\r\n"), read("\n"));
    assert_ne!(read("\n"), read(""));
    let png = |end: &str| Image::read(ImageKind::Png, end.as_bytes().to_vec()).name;
    assert_ne!(png("\r\n"), png("\n"));
}

#[test]
fn names_tell_the_format_in_whatever_letter_case() {
    let named = |path: &str| ImageKind::named(Utf8Path::new(path)).map(ImageKind::end);
    assert_eq!(named("a/b.JPEG"), Some("jpg"));
    assert_eq!(["a.svg", "a.png", "a.webp", "a.gif"].map(named), ["svg", "png", "webp", "gif"].map(Some));
    assert_eq!(["a.avif", "a.ico", "svg", "a.md"].map(named), [None; 4]);
}
