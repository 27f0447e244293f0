package io.tenantry.people;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Chromium for all stories; everybody gets a window with cookies of their own. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /** Somebody who looks at pages of that host. */
    Visitor visitor(String host) {
        return new Visitor(
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
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
