package io.tenantry.people;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Chromium for all tests; each visitor gets a window with separate cookies. The headless shell is used where available: it paints pages
 * identically, and spends nothing on tabs and menus.
 */
final class Chromium implements AutoCloseable {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program().orElseThrow())
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    static boolean isThere() {
        return program().isPresent();
    }

    private static Optional<Path> program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    }

    /** A visitor of that host. */
    Visitor visitor(String host) {
        return new Visitor(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale("en-GB")),
                host);
    }

    /** A visitor of that host with those looks, without animations. */
    Visitor visitor(String host, PageVariant pageVariant) {
        var visitor = new Visitor(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(pageVariant.width(), pageVariant.height())
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale(pageVariant.language())),
                host);
        visitor.cookie("theme", pageVariant.theme());
        visitor.cookie("language", pageVariant.language());
        return visitor;
    }

    /** A visitor with a phone: a narrow high-density screen, and touch. */
    Visitor phone(String host) {
        return new Visitor(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setDeviceScaleFactor(3)
                        .setIsMobile(true)
                        .setHasTouch(true)
                        .setLocale("en-GB")),
                host);
    }

    /** A visitor whose browser runs no scripts. */
    Visitor visitorWithoutScripts(String host) {
        return new Visitor(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setLocale("en-GB")
                        .setJavaScriptEnabled(false)),
                host);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
