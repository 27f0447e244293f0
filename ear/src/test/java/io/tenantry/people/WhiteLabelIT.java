package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import io.tenantry.people.Places.Place;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All data from a brand's host, headers and every byte: pages, downloads, page resources, and API responses. None of it names the platform or
 * another brand, every page exists, and none allows foreign scripts. Every servlet and every reading API method is requested, so none can be
 * added unchecked.
 */
@RunAsClient
@Tag("full")
class WhiteLabelIT extends Deployments {
    private static final String SLUG = "white-a";
    private static final String HOST = SLUG + ".localhost";

    /** The platform by name and host; the other brand by slug, name and colors. */
    private static final Pattern SOMEBODY_ELSE = Pattern.compile(
            "tenantry|platform\\.localhost|white-b|zephyr metal|#a13d77|#2f6f3e|#c2571a", Pattern.CASE_INSENSITIVE);

    /** Provider names, which are internal to the reseller. The frame attribute {@code sandbox} is not a name. */
    private static final Pattern VENDORS = Pattern.compile(
            "linode|akamai|digitalocean|virtfusion|hetzner|\\bsandbox\\b(?!=\")", Pattern.CASE_INSENSITIVE);

    private static final Pattern MACHINERY =
            Pattern.compile("(?im)^(server|x-powered-by):|wildfly|undertow|jboss|jsessionid");

    /** A surface is addressed by its folder. */
    private static final Pattern SURFACE = Pattern.compile("/(?:portal|staff|console)");

    private static final Pattern PART = Pattern.compile("(?:src|href)=\"(/[^\"#]*)\"");
    private static final Pattern NONCE = Pattern.compile("'nonce-([^']+)'");
    private static final Pattern SCRIPT = Pattern.compile("<script\\b([^>]*)>");
    private static final Pattern INCIDENT = Pattern.compile(">[2-9a-z]{5}-[2-9a-z]{5}<");
    private static final Pattern MAIL = Pattern.compile("/staff/mail\\?id=([0-9a-f-]{36})");

    private static BrowserTestSetup.Made made;
    private static String key;

    @TempDir
    Path folder;

    private final Set<String> parts = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();
    private boolean isVendorSecret;

    @BeforeAll
    static void makeTwoBrands() throws SQLException {
        made = BrowserTestSetup.billed(SLUG, BrowserTestSetup.brand(SLUG));
        key = BrowserTestSetup.key(SLUG, made);
        BrowserTestSetup.brand("white-b");
        try (var connection = RunningServer.get().database().superuser().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update t_white_b.brand set name = 'Zephyr Metal', primary_colour = '#a13d77',"
                    + " secondary_colour = '#2f6f3e', accent_colour = '#c2571a', version = version + 1");
            statement.execute("insert into t_white_a.legal_text (kind, version, body, published_at, published_by)"
                    + " values ('IMPRINT', 1, '# Imprint', now(), 'the test')");
        }
    }

    @Test
    void anonymousPagesNameOnlyTheBrand() {
        isVendorSecret = true;
        for (var language : List.of("en", "de")) {
            try (var stranger = new Reader(HOST, language)) {
                walk(stranger, Places.ofStrangers());
                inspect(stranger, servlets());
                finds(
                        stranger,
                        "/robots.txt",
                        "/sitemap.xml",
                        "/.well-known/security.txt",
                        "/brand.css",
                        "/site.webmanifest",
                        "/favicon.ico",
                        "/brand/icon-512.png",
                        "/api/v1/openapi.json");
            }
        }
        isWhite();
    }

    @Test
    void customerPagesNameOnlyTheBrand() {
        isVendorSecret = true;
        for (var language : List.of("en", "de")) {
            try (var olga = new Reader(HOST, language)) {
                olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
                walk(olga, Places.ofCustomers(made));
                inspect(olga, servlets());
                finds(
                        olga,
                        "/portal/services.csv",
                        "/portal/services.xlsx",
                        "/portal/statement.csv?wallet=" + made.id("wallet"),
                        "/portal/charge.csv?day=2026-11-01&wallet=" + made.id("wallet"),
                        "/portal/invoice.pdf" + made.document().orElseThrow(),
                        "/portal/account-statement.pdf?from=2026-11-01&to=2026-11-30&organization="
                                + made.id("organization"),
                        "/portal/palette?q=first",
                        "/portal/inbox");
            }
        }
        isWhite();
    }

    @Test
    void staffPagesNameOnlyTheirBrand() {
        for (var language : List.of("en", "de")) {
            try (var sam = new Reader(HOST, language)) {
                sam.signIn("sam@" + SLUG + ".example", BrowserTestSetup.PASSWORD);
                var mails = MAIL.matcher(sam.get("/staff/mails").body())
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .toList();
                assertThat(mails).isNotEmpty();
                var pages = Places.ofStaff(made, "/staff/faq-entry?language=en", "/staff/mail?id=" + mails.get(0));
                walk(sam, pages);
                inspect(sam, servlets());
                mails.forEach(mail -> finds(sam, "/staff/mail?id=" + mail, "/staff/mail-preview?id=" + mail));
                finds(
                        sam,
                        "/staff/services.csv",
                        "/staff/services.xlsx",
                        "/staff/customers.csv",
                        "/staff/customers.xlsx",
                        "/staff/audit.csv",
                        "/staff/audit.xlsx",
                        "/staff/journal.csv",
                        "/staff/trial-balance.xlsx",
                        "/staff/statement.csv?wallet=" + made.id("wallet"),
                        "/staff/charge.csv?day=2026-11-01&wallet=" + made.id("wallet"));
            }
        }
        isWhite();
    }

    /** Requests refused before a page is rendered also get a page of the brand, with the incident number. */
    @Test
    void errorPagesNameOnlyTheBrand() {
        try (var stranger = new Reader(HOST, "en")) {
            isRefused("a method that an address does not know", stranger.get("/sign-out"), 405);
            var own = "Sec-Fetch-Site: same-origin\r\n";
            isRefused("a method that pages do not take", stranger.send("PATCH", "/plans", own, ""), 405);
            isRefused("nothing there", stranger.get("/nowhere"), 404);
        }
        try (var sam = new Reader(HOST, "de")) {
            sam.signIn("sam@" + SLUG + ".example", BrowserTestSetup.PASSWORD);
            isRefused("a question without its words", sam.get("/staff/brand-preview"), 400);
        }
        isWhite();
    }

    private void isRefused(String what, RawConnection.Answer answer, int status) {
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.body()).as(what).contains("Brand " + SLUG).containsPattern(INCIDENT);
        judgePage(what, answer);
    }

    @Test
    void apiNamesOnlyTheBrand() {
        isVendorSecret = true;
        try (var program = new Reader(HOST, "en")) {
            var bearer = "Authorization: Bearer " + key + "\r\n";
            var description = JsonParser.parseString(
                            program.get("/api/v1/openapi.json").body())
                    .getAsJsonObject();
            assertThat(description.getAsJsonObject("info").get("title").getAsString())
                    .isEqualTo("Brand " + SLUG);
            for (var path : description.getAsJsonObject("paths").entrySet()) {
                if (path.getValue().getAsJsonObject().has("get")) {
                    var address = "/api/v1" + path.getKey().replace("{id}", made.id(meant(path.getKey())))
                            + asked(path.getKey());
                    var answer = program.get(address, bearer);
                    assertThat(answer.status()).as(address).isEqualTo(expected(path.getKey()));
                    judge(address, answer);
                    judge(address + " without a key", program.get(address));
                }
            }
            judge("nothing there", problem(program.get("/api/v1/nothing", bearer)));
            judge("of operators", problem(program.get("/api/v1/reseller/tenants", bearer)));
            judge("not an id", problem(program.get("/api/v1/vps/" + made.id("wallet"), bearer)));
            var json = bearer + "Content-Type: application/json\r\n";
            judge("without a key of its own", problem(program.post("/api/v1/vps", json, "{}")));
            judge("unreadable", problem(program.post("/api/v1/vps", json + "Idempotency-Key: one\r\n", "{")));
        }
        isWhite();
    }

    /** The type of the id in a path. */
    private static String meant(String path) {
        if (path.startsWith("/members") || path.startsWith("/team")) {
            return "person";
        }
        return path.startsWith("/invoices") ? "invoice" : "service";
    }

    /** Nothing has been charged yet that could have parts, and the reseller's own team is not accessible to a customer's API client. */
    private static int expected(String path) {
        if (path.startsWith("/team")) {
            return 403;
        }
        return path.endsWith("/parts") ? 404 : 200;
    }

    /** Adds required parameters. */
    private static String asked(String path) {
        return path.equals("/vps/images") || path.equals("/vps/addons")
                ? "?region=fra1&plan_id=" + made.id("small")
                : "";
    }

    private static RawConnection.Answer problem(RawConnection.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertThat(answer.header("content-type").get(0)).startsWith("application/problem+json");
        return answer;
    }

    /** All servlets requested without parameters; those that accept only forms are requested too, and refuse. */
    static List<String> servlets() {
        var paths = new ClassFileImporter()
                .importPackages("io.tenantry.web").stream()
                        .filter(one -> one.isAnnotatedWith(WebServlet.class))
                        .map(one -> one.getAnnotationOfType(WebServlet.class))
                        .flatMap(servlet -> Stream.of(servlet.value(), servlet.urlPatterns())
                                .flatMap(Stream::of))
                        .map(pattern -> pattern.isEmpty() ? "/" : pattern)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(paths).contains("/portal/services.csv", "/sitemap.xml").doesNotContain("*");
        return paths.stream().filter(path -> !path.equals("/sign-out")).toList();
    }

    private void walk(Reader reader, List<Place> places) {
        for (var place : places) {
            var answer = reader.get(SURFACE.matcher(place.path()).matches() ? place.path() + "/" : place.path());
            if (answer.status() != place.status()) {
                faults.add(place.path() + ": " + answer.status());
            }
            judgePage(place.path(), answer);
        }
        inspect(reader, List.of());
    }

    private void inspect(Reader reader, List<String> paths) {
        paths.forEach(path -> judge(path, reader.get(path)));
        for (var part : Set.copyOf(parts)) {
            judge(part, reader.get(part));
        }
    }

    private void finds(Reader reader, String... paths) {
        for (var path : paths) {
            var answer = reader.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            judge(path, answer);
        }
    }

    private void judge(String what, RawConnection.Answer answer) {
        judgePolicy(what, answer);
        var end = answer.text().length() - answer.body().length();
        var heads = answer.text().substring(0, end);
        find(what + ", heads", SOMEBODY_ELSE, heads);
        find(what + ", heads", MACHINERY, heads);
        find(what, SOMEBODY_ELSE, answer.body());
        var isTold = isVendorSecret && !isLibrary(what);
        if (isTold) {
            find(what, VENDORS, answer.body());
        }
        if (isWorkbook(answer)) {
            for (var part : unzipped(answer.body())) {
                find(what + ", within", SOMEBODY_ELSE, part);
                if (isTold) {
                    find(what + ", within", VENDORS, part);
                }
            }
        }
        if (isHtml(answer)) {
            // The resources of a page: scripts, styles, images; links to other pages are not followed.
            PART.matcher(answer.body())
                    .results()
                    .map(found -> found.group(1).replace("&amp;", "&"))
                    .filter(path -> path.startsWith("/jakarta.faces.resource/")
                            || path.startsWith("/resources/")
                            || path.startsWith("/brand"))
                    .forEach(parts::add);
        }
    }

    /** Third-party code may contain the frame attribute {@code sandbox}. */
    private static boolean isLibrary(String what) {
        return what.startsWith("/jakarta.faces.resource/") || what.startsWith("/resources/");
    }

    private static boolean isHtml(RawConnection.Answer answer) {
        return String.join("", answer.header("content-type")).startsWith("text/html");
    }

    /** Everything a browser may render comes with exactly one policy, which forbids inline scripts. */
    private void judgePolicy(String what, RawConnection.Answer answer) {
        if (!isHtml(answer) || answer.body().isEmpty()) {
            return;
        }
        var policies = answer.header("content-security-policy");
        if (policies.size() != 1) {
            faults.add(what + ": policies: " + policies);
            return;
        }
        var scripts = directive(policies.get(0), "script-src")
                .or(() -> directive(policies.get(0), "default-src"))
                .orElse("*");
        if (scripts.contains("unsafe") || scripts.contains("*")) {
            faults.add(what + ": scripts may run: " + scripts);
        }
    }

    private static Optional<String> directive(String policy, String name) {
        return Stream.of(policy.split(";", -1))
                .map(String::strip)
                .filter(one -> one.startsWith(name + " "))
                .findFirst();
    }

    /** A page's own scripts carry the nonce of this response, which its policy names. */
    private void judgePage(String what, RawConnection.Answer answer) {
        judge(what, answer);
        var nonce = NONCE.matcher(String.join("", answer.header("content-security-policy")));
        if (!nonce.find()) {
            faults.add(what + ": no nonce");
            return;
        }
        SCRIPT.matcher(answer.body())
                .results()
                .map(found -> found.group(1))
                .filter(attributes -> !attributes.contains("src=") && !attributes.contains("type=\"application/"))
                .filter(attributes -> !attributes.contains("nonce=\"" + nonce.group(1) + "\""))
                .forEach(attributes -> faults.add(what + ": a script without the nonce: " + attributes));
    }

    private void find(String where, Pattern pattern, String text) {
        var found = pattern.matcher(text);
        if (found.find()) {
            var from = Math.max(0, found.start() - 60);
            var to = Math.min(text.length(), found.end() + 60);
            faults.add(where + ": " + text.substring(from, to).replaceAll("\\s+", " "));
        }
    }

    private static boolean isWorkbook(RawConnection.Answer answer) {
        return answer.status() == 200
                && String.join("", answer.header("content-type"))
                        .toLowerCase(Locale.ROOT)
                        .contains("spreadsheetml");
    }

    /** Returns name and text of each part, read through the file's central directory, as spreadsheets do. */
    private List<String> unzipped(String bytes) {
        var found = new ArrayList<String>();
        try {
            var file = Files.write(folder.resolve("sheet.xlsx"), bytes.getBytes(StandardCharsets.ISO_8859_1));
            try (var zip = new ZipFile(file.toFile())) {
                for (var part : zip.stream().toList()) {
                    var text = new String(zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8);
                    found.add(part.getName() + " " + text);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        assertThat(found).anyMatch(part -> part.startsWith("docProps/app.xml"));
        return found;
    }

    private void isWhite() {
        assertThat(new TreeSet<>(faults))
                .as("names of others, and of what it is made of, what may run, and what is not there")
                .isEmpty();
    }
}
