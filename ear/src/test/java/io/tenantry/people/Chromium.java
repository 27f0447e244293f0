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
 * One Chromium for all stories; everybody gets a window with cookies of their own. The one without a user interface is taken where it is: it
 * paints pages alike, and spends nothing on tabs and menus that nobody sees.
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

    /** Somebody who looks at pages of that host. */
    Visitor visitor(String host) {
        return new Visitor(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale("en-GB")),
                host);
    }

    /** Somebody who looks at pages in that way, and for whom nothing changes slowly. */
    Visitor visitor(String host, Looks looks) {
        var visitor = new Visitor(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(looks.width(), looks.height())
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale(looks.language())),
                host);
        visitor.cookie("theme", looks.theme());
        visitor.cookie("language", looks.language());
        return visitor;
    }

    /** Somebody with a phone: a narrow screen of many points, and fingers. */
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

    /** Somebody whose browser runs no scripts. */
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
