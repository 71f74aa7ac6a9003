//! The words that synthetic ladders are made of, in English and in Traditional Chinese.

/// The same words in both languages.
pub struct Words {
    pub en: &'static str,
    pub zh: &'static str,
}

const fn words(en: &'static str, zh: &'static str) -> Words {
    Words { en, zh }
}

/// The subjects of ladders.
pub const CRAFTS: [Words; 8] = [
    words("Site Gardening", "網站園藝"),
    words("Bridge Keeping", "橋梁看守"),
    words("Data Stewardship", "資料管理"),
    words("Lighthouse Engineering", "燈塔工程"),
    words("Archive Craft", "檔案工藝"),
    words("Instrument Making", "儀器製作"),
    words("Harbour Operations", "港務營運"),
    words("Map Drawing", "地圖繪製"),
];

pub const GRADES: [Words; 6] = [
    words("Beginner", "新手"),
    words("Practitioner", "執業者"),
    words("Specialist", "專業人員"),
    words("Mentor", "導師"),
    words("Leader", "領導者"),
    words("Principal", "首席"),
];

/// The id of a category, and its title.
pub const CATEGORIES: [(&str, Words); 3] = [
    ("knowledge", words("Knowledge & Practice", "知識與實務")),
    ("leadership", words("Leadership & Care", "領導與照顧")),
    ("impact", words("Impact & Results", "影響與成果")),
];

/// The verbs of criteria.
pub const DEEDS: [Words; 24] = [
    words("maintains", "維護"),
    words("questions", "檢視"),
    words("rewrites", "重寫"),
    words("protects", "守護"),
    words("explains", "說明"),
    words("measures", "衡量"),
    words("simplifies", "簡化"),
    words("negotiates", "協商"),
    words("rehearses", "演練"),
    words("publishes", "發布"),
    words("repairs", "修復"),
    words("introduces", "引進"),
    words("retires", "汰除"),
    words("audits", "稽核"),
    words("sketches", "勾勒"),
    words("budgets for", "編列預算支持"),
    words("teaches", "教授"),
    words("reviews", "審查"),
    words("collects", "蒐集"),
    words("challenges", "質疑"),
    words("tests", "測試"),
    words("automates", "自動化"),
    words("observes", "觀察"),
    words("defends", "捍衛"),
];

/// The objects of the verbs.
pub const MATTERS: [Words; 40] = [
    words("incident handbooks", "事故手冊"),
    words("release calendars", "發布行事曆"),
    words("hiring interviews", "招募面談"),
    words("backup drills", "備份演練"),
    words("access rules", "存取規則"),
    words("glossaries of the trade", "行業詞彙表"),
    words("cost forecasts", "成本預測"),
    words("vendor contracts", "供應商合約"),
    words("load measurements", "負載量測"),
    words("onboarding paths", "到職引導"),
    words("design sketches", "設計草圖"),
    words("failure reports", "失效報告"),
    words("test benches", "測試平台"),
    words("translation memories", "翻譯記憶"),
    words("duty rosters", "輪值表"),
    words("public talks", "公開演講"),
    words("migration plans", "遷移計畫"),
    words("naming conventions", "命名慣例"),
    words("warning thresholds", "警示門檻"),
    words("customer complaints", "客戶申訴"),
    words("reading circles", "讀書會"),
    words("spare parts", "備用零件"),
    words("energy budgets", "能源預算"),
    words("safety margins", "安全餘裕"),
    words("archived decisions", "歸檔的決策"),
    words("prototypes on paper", "紙上原型"),
    words("colour palettes", "色彩配置"),
    words("weekly letters", "每週書信"),
    words("service promises", "服務承諾"),
    words("inherited scripts", "接手的腳本"),
    words("error messages", "錯誤訊息"),
    words("search indexes", "搜尋索引"),
    words("seating plans", "座位安排"),
    words("licence inventories", "授權清冊"),
    words("traffic patterns", "流量型態"),
    words("volunteer programmes", "志工計畫"),
    words("timetables", "時刻表"),
    words("quality samples", "品質樣本"),
    words("partner agreements", "夥伴協議"),
    words("tool workshops", "工具工作坊"),
];

/// For whom, or where.
pub const SCOPES: [Words; 20] = [
    words("for one small team", "為單一小組"),
    words("across neighbouring teams", "跨相鄰團隊"),
    words("for the night shift", "為夜班"),
    words("within a single product", "在單一產品內"),
    words("with two colleagues", "與兩位同事一起"),
    words("for a whole region", "為整個區域"),
    words("under close guidance", "在密切指導下"),
    words("without being asked", "不待要求便主動"),
    words("in every quarter", "於每一季"),
    words("for outside partners", "為外部夥伴"),
    words("at three locations", "在三個據點"),
    words("together with the archive", "與檔案室一同"),
    words("during busy weeks", "在繁忙的數週間"),
    words("for the oldest systems", "為最老舊的系統"),
    words("from first idea to retirement", "從最初構想到除役"),
    words("beyond the own department", "跨出所屬部門"),
    words("for newcomers", "為新進同仁"),
    words("under time pressure", "在時間壓力下"),
    words("on behalf of the guild", "代表同業公會"),
    words("in writing", "以書面形式"),
];

/// To what end.
pub const ENDS: [Words; 20] = [
    words("so that nobody has to guess", "讓任何人都不必猜測"),
    words("before the winter peak begins", "趕在冬季尖峰開始之前"),
    words("and keeps a dated record of it", "並留下標明日期的紀錄"),
    words("until others can carry on alone", "直到他人能夠獨力接續"),
    words("even when priorities shift", "即使優先順序改變也不例外"),
    words("which halves the waiting time", "使等待時間減半"),
    words("and admits mistakes openly", "並坦然承認錯誤"),
    words("in line with the yearly goals", "與年度目標一致"),
    words("so that audits pass without surprises", "使稽核順利通過而無意外"),
    words("and shares the credit", "並與眾人共享功勞"),
    words("although the sources contradict each other", "儘管資料來源互相矛盾"),
    words("with fewer meetings than before", "所需會議比以往更少"),
    words("and names what remains unknown", "並指出仍屬未知之處"),
    words("at a cost the guild can bear", "成本為公會所能負擔"),
    words("so that translations stay in step", "使各語言譯文同步"),
    words("and hands it over in good order", "並井然有序地完成交接"),
    words("while the harbour stays open", "同時維持港口開放"),
    words("as the single person to ask", "作為唯一的詢問窗口"),
    words("and publishes what was learned", "並公開所學"),
    words("without new dependencies", "且不增加新的相依"),
];
