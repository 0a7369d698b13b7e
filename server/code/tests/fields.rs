//! What is written of fields: types, whether they may be absent, names on the wire and in tables.
#![expect(clippy::expect_used, reason = "a test may panic")]

fn rendered(path: &str, text: &str) -> Vec<String> {
    let facts = code::read_path(path, text, &|| false).expect("a source file");
    facts
        .fields
        .iter()
        .map(|field| {
            let symbol = &facts.symbols[field.symbol as usize];
            let mut line = format!(
                "{} {}",
                symbol.qualified_name(),
                field.types.map_or("-", |types| text::slice(text, types))
            );
            if field.optional == Some(true) {
                line.push_str(" optional");
            }
            for (what, name) in [("wire", &field.wire), ("column", &field.column)] {
                if let Some(name) = name {
                    line = format!("{line} {what}={name}");
                }
            }
            line
        })
        .collect()
}

#[test]
fn rust() {
    let text = "struct User {\n    pub id: u64,\n    #[serde(rename = \"eMail\", default)]\n    email: Option<Vec<String>>,\n    map: HashMap<String, fn(u8) -> u8>,\n}\n";
    assert_eq!(
        rendered("a.rs", text),
        [
            "User.id u64",
            "User.email Option<Vec<String>> optional wire=eMail",
            "User.map HashMap<String, fn(u8) -> u8>",
        ]
    );
}

#[test]
fn typescript() {
    let text = "interface User {\n  id: string;\n  name?: string | number;\n  gone: Date | null;\n  late: Promise<string | undefined>;\n  call: (a: string) => void;\n}\nclass Row {\n  @Column({ name: 'user_id', nullable: true })\n  userId: number = 1;\n}\n";
    assert_eq!(
        rendered("a.ts", text),
        [
            "User.id string",
            "User.name string | number optional",
            "User.gone Date | null optional",
            "User.late Promise<string | undefined>",
            "User.call (a: string) => void",
            "Row.userId number column=user_id",
        ]
    );
}

#[test]
fn python() {
    let text = "class User(BaseModel):\n    id: int\n    name: str | None = Field(default=None, alias=\"fullName\")\n    tags: Optional[dict[str, int]] = None\n    row = Column(\"row_id\", Integer)\n";
    assert_eq!(
        rendered("a.py", text),
        [
            "User.id int",
            "User.name str | None optional wire=fullName",
            "User.tags Optional[dict[str, int]] optional",
            "User.row - column=row_id",
        ]
    );
}

#[test]
fn go() {
    let text = "package a\n\ntype User struct {\n\tID int64 `json:\"id\" gorm:\"column:user_id;primaryKey\"`\n\tName *string `json:\"name,omitempty\"`\n\tA, B map[string]int\n}\n";
    assert_eq!(
        rendered("a.go", text),
        [
            "User.ID int64 wire=id column=user_id",
            "User.Name *string optional wire=name",
            "User.A map[string]int",
            "User.B map[string]int",
        ]
    );
}

#[test]
fn java_and_kotlin() {
    let text = "class User {\n    @Column(name = \"user_id\", nullable = false)\n    @JsonProperty(\"userId\")\n    private final Map<String, Long> id;\n    int a, b;\n}\n";
    assert_eq!(
        rendered("A.java", text),
        [
            "User.id Map<String, Long> wire=userId column=user_id",
            "User.a int",
            "User.b int",
        ]
    );
    let text = "data class User(\n    @SerialName(\"user_id\") val id: Long,\n    val name: String? = null,\n)\n";
    assert_eq!(
        rendered("A.kt", text),
        ["User.id Long wire=user_id", "User.name String? optional"]
    );
}

#[test]
fn csharp() {
    let text = "public class User {\n    [JsonPropertyName(\"user_id\"), Key]\n    public required int Id { get; set; }\n    public List<string>? Tags { get; set; }\n    private readonly Dictionary<string, int> map;\n}\n";
    assert_eq!(
        rendered("A.cs", text),
        [
            "User.Id int wire=user_id",
            "User.Tags List<string>? optional",
            "User.map Dictionary<string, int>",
        ]
    );
}

#[test]
fn sql() {
    let text = "CREATE TABLE users (\n  id SERIAL PRIMARY KEY,\n  \"name\" VARCHAR(255) NOT NULL DEFAULT 'a',\n  price NUMERIC(10, 2) CHECK (price > 0),\n  at timestamp with time zone NULL\n);\n";
    assert_eq!(
        rendered("a.sql", text),
        [
            "users.id SERIAL",
            "users.name VARCHAR(255)",
            "users.price NUMERIC(10, 2)",
            "users.at timestamp with time zone optional",
        ]
    );
}
