//! What is read from manifests, lock files and descriptions of containers.
#![expect(clippy::expect_used, reason = "a test may panic")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::fmt::Write as _;

#[path = "holds/manifests.rs"]
mod holds;

use code::{Manifest, Written, manifest};
use expect_test::{Expect, expect};
use holds::holds;
use proptest::prelude::*;

fn rendered(manifest: &Manifest) -> String {
    let said = |written: &Option<Written>| {
        written
            .as_ref()
            .map_or_else(|| "-".to_owned(), |written| written.text.to_string())
    };
    let list = |all: &[Written]| {
        let all: Vec<&str> = all.iter().map(|written| written.text.as_str()).collect();
        all.join(" ")
    };
    let mut out = String::new();
    writeln!(
        out,
        "{:?} {} {} known {}",
        manifest.kind,
        said(&manifest.name),
        said(&manifest.version),
        manifest.known
    )
    .expect("a String takes all");
    for tool in &manifest.toolchains {
        writeln!(out, "tool {} {}", tool.name, tool.version.text).expect("a String takes all");
    }
    if !manifest.members.is_empty() {
        writeln!(out, "members {}", list(&manifest.members)).expect("a String takes all");
    }
    if !manifest.projects.is_empty() {
        writeln!(out, "projects {}", list(&manifest.projects)).expect("a String takes all");
    }
    for dependency in &manifest.dependencies {
        let group = dependency
            .group
            .as_ref()
            .map_or("", |group| group.text.as_str());
        writeln!(
            out,
            "{:?} {}{}{} {}",
            dependency.scope,
            group,
            if group.is_empty() { "" } else { ":" },
            dependency.name.text,
            said(&dependency.version)
        )
        .expect("a String takes all");
    }
    for service in &manifest.services {
        writeln!(
            out,
            "service {} {} images [{}] build {} ports [{}] needs [{}]",
            said(&service.name),
            said(&service.kind),
            list(&service.images),
            said(&service.build),
            list(&service.ports),
            list(&service.depends_on)
        )
        .expect("a String takes all");
        if !service.hosts.is_empty() {
            writeln!(out, "  calls [{}]", list(&service.hosts)).expect("a String takes all");
        }
    }
    out
}

fn check(path: &str, text: &str, expected: &Expect) {
    for text in [
        text.to_owned(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
    ] {
        let manifest = manifest(path, &text).expect("a manifest");
        holds(&text, &manifest);
        expected.assert_eq(&rendered(&manifest));
    }
}

const CARGO: &str = r#"[package]
name = "shop"
version = "0.3.1" # café
rust-version = "1.80"
edition = "2024"

[workspace]
members = ["crates/*", 'tools']

[workspace.dependencies]
anyhow = "1"

[dependencies]
axum = "0.8"
serde = { version = "1.0", features = ["derive"] }
db = { package = "tokio-postgres", version = "0.7", optional = true }
anyhow.workspace = true

[target.'cfg(unix)'.dependencies]
nix = "0.29"

[dev-dependencies]
proptest = "1"
"#;

const PACKAGE: &str = r#"{
  "name": "@shop/web", "version": "1.2.3",
  "engines": { "node": ">=20" },
  "workspaces": ["packages/*"],
  "dependencies": { "react": "^18.2.0", "@a/b": "workspace:*" },
  "devDependencies": { "vitest": "1.0.0" },
  "peerDependencies": { "vue": "3" }
}
"#;

const PYPROJECT: &str = r#"[project]
name = "shop"
version = "2.0"
requires-python = ">=3.11"
dependencies = [
  "fastapi[all] >=0.110,<1 ; python_version > '3.8'",
  "sqlalchemy",
]
[project.optional-dependencies]
dev = ["pytest~=8.0"]
s3 = ["boto3"]
[dependency-groups]
lint = ["ruff==0.4"]
[build-system]
requires = ["hatchling"]
[tool.poetry.dependencies]
python = "^3.11"
httpx = "^0.27"
redis = { version = "5", optional = true }
[tool.poetry.group.test.dependencies]
coverage = "*"
"#;

const POM: &str = r"<?xml version='1.0'?>
<project xmlns='http://maven.apache.org/POM/4.0.0'>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.2.0</version></parent>
  <artifactId>shop</artifactId>
  <version>1.0-SNAPSHOT</version>
  <properties><java.version>17</java.version></properties>
  <modules><module>core</module></modules>
  <dependencies>
    <dependency><groupId>org.postgresql</groupId><artifactId> postgresql </artifactId><version>${pg}</version></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><scope>test</scope></dependency>
  </dependencies>
</project>
";

const CSPROJ: &str = r#"<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework><Version>1.1</Version></PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="..\Core\Core.csproj" />
    <PackageReference Include="Npgsql" Version="8.0.1" />
    <PackageReference Include="xunit"><Version>2.6</Version></PackageReference>
  </ItemGroup>
</Project>
"#;

const GRADLE: &str = r#"plugins {
    id("org.springframework.boot") version "3.2.0"
}
version = "1.4"
kotlin { jvmToolchain(21) }
dependencies {
    implementation(project(":core:api"))
    testImplementation project(path: ":samples")
    implementation("org.postgresql:postgresql:42.7.0")
    implementation(project(":core"))
    testImplementation 'junit:junit'
    // implementation("no:no:1")
    println("a:b:c")
}
"#;

const GO_MOD: &str = "module example.com/shop\n\ngo 1.22.1\n\nrequire github.com/a/b v1.2.3\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.1\n\tgolang.org/x/net v0.20.0 // indirect\n)\nreplace github.com/a/b => ../b\n";

const DOCKER: &str = "ARG V=1\nFROM --platform=linux/amd64 node:20-alpine AS build\nRUN <<EOF\nFROM nothing\nEOF\nRUN a \\\n  FROM no\nFROM build\nEXPOSE 8080/tcp 9090\n";

const COMPOSE: &str = "services:\n  web:\n    build: ./web\n    ports: [\"8080:80\"]\n    depends_on: [db]\n    environment:\n      API: http://api:3000/v1\n      DEBUG: \"1\"\n      DB: postgres://shop:secret@db/shop\n  api:\n    build:\n      context: api\n    environment: [\"DB=postgres://db:5432/shop\", \"OUT=${OUT}\", \"HOST=http://${HOST}/\"]\n    ports:\n      - target: 3000\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: postgres:16 # 決済\n";

const KUBERNETES: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: shop/web:1.0\n          ports:\n            - containerPort: 8080\n          env:\n            - {name: API, value: \"http://api.shop.svc:80\"}\n---\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports:\n    - port: 80\n";

macro_rules! samples {
    ($($name:ident: $path:literal, $text:expr => $expected:expr;)*) => {
        $(#[test]
        fn $name() {
            check($path, $text, &$expected);
        })*

        /// Files with the names they are read by.
        const SAMPLES: &[(&str, &str)] = &[$(($path, $text),)*];
    };
}

samples! {
    cargo: "a/Cargo.toml", CARGO => expect![[r#"
        Cargo shop 0.3.1 known true
        tool rust 1.80
        tool rust-edition 2024
        members crates/* tools
        Workspace anyhow 1
        Runtime axum 0.8
        Runtime serde 1.0
        Optional tokio-postgres 0.7
        Runtime anyhow -
        Runtime nix 0.29
        Development proptest 1
    "#]];
    npm: "package.json", PACKAGE => expect![[r#"
        Npm @shop/web 1.2.3 known true
        tool node >=20
        members packages/*
        Runtime react ^18.2.0
        Runtime @a/b workspace:*
        Development vitest 1.0.0
        Optional vue 3
    "#]];
    pyproject: "pyproject.toml", PYPROJECT => expect![[r#"
        Python shop 2.0 known true
        tool python >=3.11
        tool python ^3.11
        Runtime fastapi >=0.110,<1
        Runtime sqlalchemy -
        Development pytest ~=8.0
        Optional boto3 -
        Development ruff ==0.4
        Build hatchling -
        Runtime httpx ^0.27
        Optional redis 5
        Development coverage *
    "#]];
    requirements: "requirements-dev.txt", "# a\nFlask==3.0 --hash=sha256:1\n-r base.txt\nuvicorn[standard]>=0.2 # b\n" => expect![[r#"
        Requirements - - known false
        Development Flask ==3.0
        Development uvicorn >=0.2
    "#]];
    go_mod: "go.mod", GO_MOD => expect![[r#"
        Go example.com/shop - known true
        tool go 1.22.1
        Runtime github.com/a/b v1.2.3
        Runtime github.com/gin-gonic/gin v1.9.1
        Indirect golang.org/x/net v0.20.0
    "#]];
    pom: "pom.xml", POM => expect![[r#"
        Maven shop 1.0-SNAPSHOT known true
        tool java 17
        members core
        Build org.springframework.boot:spring-boot-starter-parent 3.2.0
        Runtime org.postgresql:postgresql ${pg}
        Development junit:junit -
    "#]];
    gradle: "build.gradle.kts", GRADLE => expect![[r#"
        Gradle - 1.4 known false
        tool java 21
        projects :core:api :core
        Build org.springframework.boot 3.2.0
        Runtime org.postgresql:postgresql 42.7.0
        Development junit:junit -
    "#]];
    csproj: "Web.csproj", CSPROJ => expect![[r#"
        DotNet - 1.1 known true
        tool dotnet net8.0
        projects ..\Core\Core.csproj
        Runtime Npgsql 8.0.1
        Runtime xunit 2.6
    "#]];
    gemfile: "Gemfile", "ruby '3.2.2'\ngem \"rails\", \"~> 7.1\"\ngroup :test do\n  gem 'rspec'\nend\n" => expect![[r#"
        Bundler - - known true
        tool ruby 3.2.2
        Runtime rails ~> 7.1
        Development rspec -
    "#]];
    composer: "composer.json", "{\"name\": \"a/b\", \"require\": {\"php\": \">=8.1\", \"laravel/framework\": \"^10\"}}\n" => expect![[r#"
        Composer a/b - known true
        tool php >=8.1
        Runtime laravel/framework ^10
    "#]];
    docker: "Dockerfile", DOCKER => expect![[r#"
        Docker - - known true
        service build - images [node:20-alpine] build - ports [] needs []
        service - - images [build] build - ports [8080/tcp 9090] needs []
    "#]];
    compose: "docker-compose.yml", COMPOSE => expect![[r#"
        Compose - - known true
        service web - images [] build ./web ports [8080:80] needs [db]
          calls [api db]
        service api - images [] build api ports [3000] needs [db]
          calls [db]
        service db - images [postgres:16] build - ports [] needs []
    "#]];
    kubernetes: "deploy/web.yaml", KUBERNETES => expect![[r#"
        Kubernetes - - known true
        service web Deployment images [shop/web:1.0] build - ports [8080] needs []
          calls [api]
        service web Service images [] build - ports [80] needs []
    "#]];
    nvmrc: ".nvmrc", "v20.1.0\n" => expect![[r#"
        Toolchain - - known true
        tool node v20.1.0
    "#]];
    cargo_lock: "Cargo.lock", "version = 4\n\n[[package]]\nname = \"axum\"\nversion = \"0.8.1\"\ndependencies = [\n \"serde\",\n]\n" => expect![[r#"
        Lock - - known true
        Locked axum 0.8.1
    "#]];
    package_lock: "package-lock.json", "{\"packages\": {\"\": {\"version\": \"1\"}, \"node_modules/@a/b\": {\"version\": \"2.0.0\"}, \"node_modules/x/node_modules/y\": {\"version\": \"3.0.0\"}}}\n" => expect![[r#"
        Lock - - known true
        Locked @a/b 2.0.0
        Locked y 3.0.0
    "#]];
    pnpm_lock: "pnpm-lock.yaml", "lockfileVersion: '9.0'\n\npackages:\n\n  '@a/b@1.0.0(react@18.0.0)':\n    resolution: {}\n\n  /vue@3.4.0:\n    resolution: {}\n\nsnapshots:\n\n  no@1:\n" => expect![[r#"
        Lock - - known true
        Locked @a/b 1.0.0
        Locked vue 3.4.0
    "#]];
    yarn_lock: "yarn.lock", "# yarn lockfile v1\n\n\"@a/b@^1.0.0\", \"@a/b@^1.1.0\":\n  version \"1.1.2\"\n\nvue@^3:\n  version \"3.4.0\"\n" => expect![[r#"
        Lock - - known true
        Locked @a/b 1.1.2
        Locked vue 3.4.0
    "#]];
    gemfile_lock: "Gemfile.lock", "GEM\n  remote: https://rubygems.org/\n  specs:\n    rails (7.1.2)\n      rack (>= 2)\n\nPLATFORMS\n  ruby\n" => expect![[r#"
        Lock - - known true
        Locked rails 7.1.2
    "#]];
}

#[test]
fn other_files_are_no_manifests() {
    for (path, text) in [
        ("README.md", "# a"),
        ("a.yaml", "openapi: 3.0.0\npaths: {}\n"),
        ("Dockerfile.md", ""),
        ("values.yaml", "image: x\n"),
        ("src/main.rs", "fn main() {}"),
    ] {
        assert_eq!(manifest(path, text), None, "{path}");
    }
}

#[test]
fn what_cannot_be_read_is_not_known() {
    let broken =
        manifest("Cargo.toml", "[package]\nname = \"a\"\n[dependencies\n").expect("a manifest");
    assert!(!broken.known);
    let broken = manifest(
        "package.json",
        "{\"name\": \"a\", \"dependencies\": {\"b\": ",
    )
    .expect("a manifest");
    assert!(!broken.known && broken.dependencies.is_empty());
}

proptest! {
    #[test]
    fn damaged_manifests(which in 0..SAMPLES.len(), cut in 0_usize..900, drop in 0_usize..60, insert in ".{0,6}") {
        let (path, sample) = SAMPLES[which];
        let mut at = cut.min(sample.len());
        let mut end = (cut + drop).min(sample.len());
        while !sample.is_char_boundary(at) { at -= 1; }
        while !sample.is_char_boundary(end) { end += 1; }
        let mut text = sample.to_owned();
        text.replace_range(at..end, &insert);
        if let Some(manifest) = manifest(path, &text) {
            holds(&text, &manifest);
        }
    }
}
