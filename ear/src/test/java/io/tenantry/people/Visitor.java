package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.tenantry.it.RunningServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A visitor with a separate browser window. Everything the browser reports (violations of the content security policy, script errors, resources
 * that fail to load) is recorded, and each opened page must fit a phone.
 */
final class Visitor implements AutoCloseable {
    private static final int PHONE = 390;
    private static final String SOCKET = "/live(\\?age=\\d+)?' failed: ";
    private static final Pattern REFUSED_SOCKET = Pattern.compile(SOCKET + "HTTP Authentication failed");
    private static final Pattern BROKEN_SOCKET = Pattern.compile(SOCKET + "Error during WebSocket handshake");

    private final BrowserContext context;
    private final String origin;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(BrowserContext context, String host) {
        this.context = context;
        this.origin = RunningServer.url(host);
        this.page = context.newPage();
        context.setDefaultTimeout(15_000);
        page.onConsoleMessage(this::record);
        page.onPageError(error -> complaints.add("script: " + error));
    }

    private void record(ConsoleMessage message) {
        if (REFUSED_SOCKET.matcher(message.text()).find()) {
            return; // A page requested signals once more in the moment in which its session ended.
        }
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + " at " + page.url() + ": " + message.text());
        }
    }

    /** Another window of the same browser, with the same cookies. */
    Page newPage() {
        return context.newPage();
    }

    Page page() {
        return page;
    }

    /** Opens a page, which must exist and fit a phone. */
    void open(String path) {
        var answer = go(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        fits();
    }

    /** Opens a URL, whatever its response. */
    Response go(String path) {
        return page.navigate(path.startsWith("http") ? path : origin + path);
    }

    /** Requires that the current page fits a phone: nothing overflows to the right. */
    void fits() {
        page.setViewportSize(PHONE, 844);
        var out = page.evaluate("""
                () => [...document.querySelectorAll('body *')]
                  .filter(it => document.documentElement.scrollWidth > document.documentElement.clientWidth
                             && it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                  .map(it => it.tagName + '.' + it.className + '#' + it.id).slice(0, 5).join(' ')
                    + (document.documentElement.scrollWidth > document.documentElement.clientWidth ? ' !' : '')
                """);
        page.setViewportSize(1280, 800);
        assertThat(out).as("overflows %s at %d pixels", page.url(), PHONE).isEqualTo("");
    }

    /**
     * Requires that, on a phone, a text of any length neither overflows its part of the page nor is cut off without an ellipsis nor overlaps
     * others.
     */
    void fitsWithLongText(String part, String text, String longest) {
        page.setViewportSize(PHONE, 844);
        var faults = page.evaluate("""
                ([part, text, longest]) => {
                  const whole = document.querySelector(part);
                  const within = it => [it, ...it.querySelectorAll('*')].filter(one => one.checkVisibility() && !one.closest('.unseen, svg'));
                  whole.querySelector(text).textContent = longest;
                  const edge = Math.min(whole.getBoundingClientRect().right, document.documentElement.clientWidth) + 1;
                  const out = within(whole).filter(it => it.getBoundingClientRect().right > edge);
                  const cut = within(whole).filter(it => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== 'visible'
                    && getComputedStyle(it).textOverflow !== 'ellipsis');
                  const boxes = [...whole.children].filter(it => it.checkVisibility()).map(it => it.getBoundingClientRect())
                    .filter(it => it.width > 0 && it.height > 0);
                  const over = boxes.some((a, at) => boxes.slice(at + 1).some(b =>
                    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
                  return [...out.map(it => 'out: ' + it.tagName + '.' + it.className), ...cut.map(it => 'cut: ' + it.tagName + '.' + it.className),
                    ...(over ? ['over'] : [])].join(' ');
                }
                """, List.of(part, text, longest));
        page.setViewportSize(1280, 800);
        assertThat(faults).as("%s of %s at %d pixels", part, page.url(), PHONE).isEqualTo("");
    }

    void signIn(String email, String password) {
        open("/sign-in");
        page.getByLabel("Email address").fill(email);
        page.locator("input[type=password]").fill(password);
        page.locator("[id='door:enter']").click();
    }

    /** Signs in, in any page language. */
    void signInInAnyLanguage(String email, String password) {
        go("/sign-in");
        id("door:email").fill(email);
        id("door:password").fill(password);
        id("door:enter").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    void signOut() {
        page.locator(".top .person").click();
        page.locator("#person-menu form[action='/sign-out'] button:not([name])").click();
        page.waitForURL("**/sign-in");
        // The page may have requested its socket at that moment; the container itself fails on a session that ends
        // meanwhile.
        complaints.removeIf(complaint -> BROKEN_SOCKET.matcher(complaint).find());
    }

    /** Waits for the URL; the first page of a surface may also be addressed by its folder. */
    void awaitUrl(String path) {
        page.waitForURL(Pattern.compile(Pattern.quote(origin + path) + "/?"));
    }

    /** The current path, with its query. */
    String path() {
        return page.url().substring(origin.length());
    }

    Locator id(String id) {
        return page.locator("[id='" + id + "']");
    }

    /** Opens a dialog by its button. */
    void openDialog(String dialog) {
        page.locator("[data-opens='" + dialog + "']").first().click();
        id(dialog).waitFor();
    }

    /** Confirms the dialog of an interrupting or destructive button; it names the affected object. */
    void confirm(String subject) {
        PlaywrightAssertions.assertThat(id("ask")).containsText(subject);
        id("ask-do").click();
    }

    /** Switches the language of pages from now on; stored for a signed-in person. Requires an open page. */
    void setLanguage(String language) {
        cookie("language", language);
        submit("/preferences", "back=/&language=" + language);
    }

    /** The declared language of the current page. */
    String language() {
        return (String) page.evaluate("() => document.documentElement.lang");
    }

    /** Sets the theme and the window width from now on. */
    void setVariant(PageVariant pageVariant) {
        cookie("theme", pageVariant.theme());
        page.setViewportSize(pageVariant.width(), pageVariant.height());
    }

    /** Waits for a message about the completed action. */
    void awaitMessage(String text) {
        page.locator(".toasts").getByText(text).first().waitFor();
    }

    /** Returns path and secret of a one-time link; tests do not know the port used by the server for its URL. */
    static String pathOf(String link) {
        return link.substring(link.indexOf("/link"));
    }

    /** Waits for a text on the page. */
    void awaitText(String text) {
        page.getByText(text).first().waitFor();
    }

    String main() {
        return page.locator("main").innerText();
    }

    /** Returns the status of a URL, requested from the current page with its cookies; 0 if it redirects. */
    int status(String path) {
        return ((Number) page.evaluate("path => fetch(path, {redirect: 'manual'}).then(answer => answer.status)", path))
                .intValue();
    }

    /** Returns the text of a URL, requested from the current page. */
    String text(String path) {
        return (String) page.evaluate("path => fetch(path).then(answer => answer.text())", path);
    }

    /** Returns the bytes of a URL as numbers, requested again from the current page. */
    String bytes(String path) {
        return (String) page.evaluate(
                "path => fetch(path, {cache: 'reload'}).then(answer => answer.arrayBuffer())"
                        + ".then(bytes => new Uint8Array(bytes).join(','))",
                path);
    }

    /** Returns the response headers of a URL. */
    String headers(String path) {
        return (String) page.evaluate(
                "path => fetch(path).then(answer => [...answer.headers].map(it => it.join(': ')).join('\\n'))", path);
    }

    /** Returns the response status and text of a form submitted without our scripts. */
    String submit(String path, String form) {
        return (String) page.evaluate("""
                ([path, form]) => fetch(path, {method: 'POST', redirect: 'manual', body: new URLSearchParams(form)})
                  .then(answer => answer.text().then(text => answer.status + ' ' + text))
                """, List.of(path, form));
    }

    String cookie(String name) {
        return context.cookies(origin).stream()
                .filter(it -> it.name.equals(name))
                .map(it -> it.value)
                .findFirst()
                .orElse("");
    }

    void cookie(String name, String value) {
        context.addCookies(List.of(new Cookie(name, value).setUrl(origin)));
    }

    /** Takes a screenshot of the window, once fonts are loaded and animations have ended. */
    void screenshot(Path file) {
        page.evaluate("() => document.fonts.ready.then(() => true)");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED));
    }

    /** The recorded complaints of the browser. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Removes complaints about that status, which was expected. */
    void clearComplaints(int status) {
        complaints.removeIf(complaint -> complaint.contains("the server responded with a status of " + status));
    }

    /** Removes complaints about pages that are missing or forbidden, which was expected. */
    void clearExpectedStatuses() {
        complaints.removeIf(complaint -> complaint.contains("the server responded with a status of 40"));
    }

    /** Removes complaints that a step had to cause. */
    void clearComplaints() {
        complaints.clear();
    }

    /** Requires that there were no complaints since the last check. */
    void assertNoComplaints() {
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
