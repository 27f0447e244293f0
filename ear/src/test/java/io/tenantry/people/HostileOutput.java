package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Terminal escape sequences by which a server's program, or a printed file, may try to affect what is outside the terminal: the title, the
 * clipboard, a URL, the keyboard, all memory. They are injected as if sent by the server, so that any bytes are possible.
 */
final class HostileOutput {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String PRESS = "press here";
    private static final String ALIVE = "ali''ve";
    private static final String REPEATED = "\u001b[2147483647";
    private static final String BELL = "\u0007";

    /** Keeps the console's socket, so that output can be injected as if from the server; and records clipboard access. */
    private static final String WATCH = """
            window.WebSocket = class extends WebSocket {
              constructor(...all) {
                super(...all);
                if (String(all[0]).endsWith('/console')) {
                  window.consoleLine = this;
                }
              }
            };
            window.clipboardUses = [];
            for (const way of ['write', 'writeText', 'read', 'readText']) {
              if (navigator.clipboard) {
                navigator.clipboard[way] = () => { window.clipboardUses.push(way); return Promise.resolve(''); };
              }
            }
            for (const way of ['copy', 'cut', 'paste']) {
              addEventListener(way, () => window.clipboardUses.push(way), true);
            }
            """;

    /** Each with its terminator, so that the next one is parsed. */
    private static final List<String> CORPUS = List.of(
            // Titles: of the window, of its icon, of both; queried; pushed and popped.
            "\u001b]0;stolen\u0007",
            "\u001b]1;stolen\u001b\\",
            "\u001b]2;<script>document.title='stolen'</script>\u0007",
            "\u001b]l stolen\u001b\\\u001b[21t\u001b[20t\u001b[22;0t\u001b[23;0t",
            // The clipboard: written, cleared, queried.
            "\u001b]52;c;" + base64("stolen") + BELL,
            "\u001b]52;pc0;" + base64("stolen") + "\u001b\\",
            "\u001b]52;c;!\u0007",
            "\u001b]52;c;?\u0007",
            "\u001b]1337;Copy=:" + base64("stolen") + BELL,
            "\u001b]1337;File=inline=1:" + base64("stolen") + BELL,
            // Links to URLs that no page should open, with a handler or without, and one that is not terminated.
            "\u001b]8;;javascript:document.title='stolen'\u001b\\" + PRESS + "\u001b]8;;\u001b\\\r\n",
            "\u001b]8;id=1;data:text/html,<script>alert(1)</script>\u0007" + PRESS + "\u001b]8;;\u0007\r\n",
            "\u001b]8;;file:///etc/passwd\u0007" + PRESS + "\u001b]8;;\u0007\r\n",
            "\u001b]8;;https://evil.example/\u0007" + PRESS + "\r\n\u001b]8;;\u0007",
            "<img src=x onerror=\"document.title='stolen'\"><script>document.title='stolen'</script>\r\n",
            // Device control strings: settings queried, pictures, redefined keys, and unterminated strings.
            "\u001bP$qm\u001b\\\u001bP+q544e\u001b\\\u001bP1;1|17/" + hex("rm -rf ~\n") + "\u001b\\",
            "\u001bPq#0;2;0;0;0#0!9999999999~-\u001b\\",
            "\u001b_Gf=100,a=T;AAAA\u001b\\\u001b^private\u001b\\\u001bXstring\u001b\\",
            "\u001bP" + "A".repeat(100_000) + "\u0018",
            "\u001b]0;" + "B".repeat(100_000) + "\u0018",
            // Repetitions by the thousands of millions, and out-of-range numbers.
            "x" + REPEATED + "b",
            "e" + "\u0301".repeat(2_000) + "\u001b[900b",
            REPEATED + "L" + REPEATED + "M" + REPEATED + "@" + REPEATED + "P" + REPEATED + "X",
            REPEATED + "S" + REPEATED + "T" + REPEATED + "I" + REPEATED + "Z",
            REPEATED + "A" + REPEATED + "B" + REPEATED + "C" + REPEATED + "D" + REPEATED + ";2147483647H",
            REPEATED + " @" + REPEATED + " A" + REPEATED + "'}" + REPEATED + "'~",
            "\u001b[8;2147483647;2147483647t\u001b[3;0;0t\u001b[9;1t\u001b[5t\u001b[2t",
            "\u001b[99999999999999999999999999m\u001b[" + "1;".repeat(5_000) + "m\u001b[38:2:1:2:3:4:5:6:7m",
            "\u001b[1;2147483647r\u001b[2147483647;1r\u001b[r",
            // Queries whose replies are typed: identity, cursor position, and the last input.
            "\u001b[c\u001b[>c\u001b[=c\u001b[5n\u001b[6n\u001b[?6n\u001b[x\u0005\u001bZ",
            // Colors and modes that hide content.
            "\u001b]4;0;?\u0007\u001b]10;?\u0007\u001b]11;#000000\u0007\u001b]104\u0007",
            "\u001b[?1000h\u001b[?1006h\u001b[?2004h\u001b[?1049h\u001b[?1049l\u001b[?25l\u001b[?1h\u001b=",
            "\u001b#8\u001b(0\u000e\u000f\u001b%G\u001b[!p\u001b[?3h\u001b[?3l");

    private static final int PRESS_TIMES = 10;

    private final Visitor visitor;
    private final Page page;

    private HostileOutput(Visitor visitor) {
        this.visitor = visitor;
        page = visitor.page();
    }

    static HostileOutput of(Visitor visitor) {
        return new HostileOutput(visitor);
    }

    /** The visitor stays at an open console; title, clipboard and URL are unchanged, and typing still works. */
    void changesNothing() {
        var address = page.url();
        page.addInitScript(WATCH);
        var dialogs = new ArrayList<String>();
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        visitor.go(address);
        isOpen();
        var title = page.title();
        var windows = page.context().pages().size();

        CORPUS.forEach(this::showOutcome);
        press();
        reencrypted();

        assertThat(page.title()).isEqualTo(title);
        assertThat(page.url()).isEqualTo(address);
        assertThat(page.evaluate("() => window.clipboardUses")).isEqualTo(List.of());
        assertThat(page.context().pages()).hasSize(windows);
        assertThat(page.locator("#main a, #main img, #main script, #main iframe")
                        .count())
                .isZero();
        assertThat(dialogs).isEmpty();
        isAlive();
        visitor.assertNoComplaints();
    }

    /** Injects output as if from the server. */
    private void showOutcome(String words) {
        page.evaluate(
                "text => window.consoleLine.dispatchEvent(new MessageEvent('message',"
                        + " {data: Uint8Array.from(atob(text), it => it.charCodeAt(0)).buffer}))",
                base64(words));
    }

    /**
     * Clicks one of the injected links: nothing is opened. The shell may still overwrite it with its output for the typed replies: then it is
     * injected again.
     */
    private void press() {
        for (var times = 0; times < PRESS_TIMES && !screen().textContent().contains(PRESS); times++) {
            showOutcome("\u001bc\u001b]8;;javascript:document.title='stolen'\u001b\\" + PRESS + "\u001b]8;;\u001b\\");
            page.waitForTimeout(1_000);
        }
        PlaywrightAssertions.assertThat(screen()).containsText(PRESS, patiently());
        var row = screen().locator("div").first().boundingBox();
        page.mouse().move(row.x + 20, row.y + row.height / 2);
        page.mouse().click(row.x + 20, row.y + row.height / 2);
    }

    /** Terminates all open sequences, and discards the replies that the terminal has typed meanwhile. */
    private void reencrypted() {
        showOutcome("\u0018\u001b\\\u001bc");
        page.locator("#main").click();
        page.keyboard().press("Control+c");
    }

    private void isAlive() {
        page.keyboard().type("echo " + ALIVE + "\n");
        PlaywrightAssertions.assertThat(screen()).containsText(ALIVE.replace("'", ""), patiently());
    }

    private void isOpen() {
        PlaywrightAssertions.assertThat(visitor.id("console-state"))
                .hasText("Connected", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
        PlaywrightAssertions.assertThat(screen()).containsText("root@", patiently());
    }

    private Locator screen() {
        return page.locator(".xterm-rows");
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static String base64(String words) {
        return Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String words) {
        return HexFormat.of().formatHex(words.getBytes(StandardCharsets.UTF_8));
    }
}
