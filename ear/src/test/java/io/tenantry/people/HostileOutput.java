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
 * What a server's program, or a file that somebody prints, may say to a terminal in order to reach what is around it: the title, the
 * clipboard, an address, the person's keyboard, all memory. It comes as if the server had sent it, so that it can be any bytes.
 */
final class HostileOutput {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String PRESS = "press here";
    private static final String ALIVE = "ali''ve";
    private static final String REPEATED = "\u001b[2147483647";
    private static final String BELL = "\u0007";

    /** Keeps the console's line, so that something can come as if from the server; and tells of whoever is at the clipboard. */
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

    /** Each with its end, so that the next one is read. */
    private static final List<String> CORPUS = List.of(
            // Titles: of the window, of its icon, of both; asked back; pushed and popped.
            "\u001b]0;stolen\u0007",
            "\u001b]1;stolen\u001b\\",
            "\u001b]2;<script>document.title='stolen'</script>\u0007",
            "\u001b]l stolen\u001b\\\u001b[21t\u001b[20t\u001b[22;0t\u001b[23;0t",
            // The clipboard: written, cleared, asked for.
            "\u001b]52;c;" + base64("stolen") + BELL,
            "\u001b]52;pc0;" + base64("stolen") + "\u001b\\",
            "\u001b]52;c;!\u0007",
            "\u001b]52;c;?\u0007",
            "\u001b]1337;Copy=:" + base64("stolen") + BELL,
            "\u001b]1337;File=inline=1:" + base64("stolen") + BELL,
            // Links to what no page should open, with a handler or without, and one that never ends.
            "\u001b]8;;javascript:document.title='stolen'\u001b\\" + PRESS + "\u001b]8;;\u001b\\\r\n",
            "\u001b]8;id=1;data:text/html,<script>alert(1)</script>\u0007" + PRESS + "\u001b]8;;\u0007\r\n",
            "\u001b]8;;file:///etc/passwd\u0007" + PRESS + "\u001b]8;;\u0007\r\n",
            "\u001b]8;;https://evil.example/\u0007" + PRESS + "\r\n\u001b]8;;\u0007",
            "<img src=x onerror=\"document.title='stolen'\"><script>document.title='stolen'</script>\r\n",
            // Strings to the device: settings asked for, pictures, keys that are defined anew, and what is left open.
            "\u001bP$qm\u001b\\\u001bP+q544e\u001b\\\u001bP1;1|17/" + hex("rm -rf ~\n") + "\u001b\\",
            "\u001bPq#0;2;0;0;0#0!9999999999~-\u001b\\",
            "\u001b_Gf=100,a=T;AAAA\u001b\\\u001b^private\u001b\\\u001bXstring\u001b\\",
            "\u001bP" + "A".repeat(100_000) + "\u0018",
            "\u001b]0;" + "B".repeat(100_000) + "\u0018",
            // The same thousands of millions of times, and numbers beyond all numbers.
            "x" + REPEATED + "b",
            "e" + "\u0301".repeat(2_000) + "\u001b[900b",
            REPEATED + "L" + REPEATED + "M" + REPEATED + "@" + REPEATED + "P" + REPEATED + "X",
            REPEATED + "S" + REPEATED + "T" + REPEATED + "I" + REPEATED + "Z",
            REPEATED + "A" + REPEATED + "B" + REPEATED + "C" + REPEATED + "D" + REPEATED + ";2147483647H",
            REPEATED + " @" + REPEATED + " A" + REPEATED + "'}" + REPEATED + "'~",
            "\u001b[8;2147483647;2147483647t\u001b[3;0;0t\u001b[9;1t\u001b[5t\u001b[2t",
            "\u001b[99999999999999999999999999m\u001b[" + "1;".repeat(5_000) + "m\u001b[38:2:1:2:3:4:5:6:7m",
            "\u001b[1;2147483647r\u001b[2147483647;1r\u001b[r",
            // Asked for, so that answers are typed: who, where, and what was typed last.
            "\u001b[c\u001b[>c\u001b[=c\u001b[5n\u001b[6n\u001b[?6n\u001b[x\u0005\u001bZ",
            // Colours and modes that hide what is there.
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

    /** The visitor is at an open console and stays there; title, clipboard and address are as they were, and one types as before. */
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

        CORPUS.forEach(this::say);
        press();
        anew();

        assertThat(page.title()).isEqualTo(title);
        assertThat(page.url()).isEqualTo(address);
        assertThat(page.evaluate("() => window.clipboardUses")).isEqualTo(List.of());
        assertThat(page.context().pages()).hasSize(windows);
        assertThat(page.locator("#main a, #main img, #main script, #main iframe")
                        .count())
                .isZero();
        assertThat(dialogs).isEmpty();
        isAlive();
        visitor.isContent();
    }

    /** As if it had come from the server. */
    private void say(String words) {
        page.evaluate(
                "text => window.consoleLine.dispatchEvent(new MessageEvent('message',"
                        + " {data: Uint8Array.from(atob(text), it => it.charCodeAt(0)).buffer}))",
                base64(words));
    }

    /** On a link of theirs: nothing is opened. The shell may still write over it what it says to the answers that were typed: then it is said again. */
    private void press() {
        for (var times = 0; times < PRESS_TIMES && !screen().textContent().contains(PRESS); times++) {
            say("\u001bc\u001b]8;;javascript:document.title='stolen'\u001b\\" + PRESS + "\u001b]8;;\u001b\\");
            page.waitForTimeout(1_000);
        }
        PlaywrightAssertions.assertThat(screen()).containsText(PRESS, patiently());
        var row = screen().locator("div").first().boundingBox();
        page.mouse().move(row.x + 20, row.y + row.height / 2);
        page.mouse().click(row.x + 20, row.y + row.height / 2);
    }

    /** Whatever was left open is closed, and the answers that the terminal has typed meanwhile are not sent off. */
    private void anew() {
        say("\u0018\u001b\\\u001bc");
        page.locator("#main").click();
        page.keyboard().press("Control+c");
    }

    private void isAlive() {
        page.keyboard().type("echo " + ALIVE + "\n");
        PlaywrightAssertions.assertThat(screen()).containsText(ALIVE.replace("'", ""), patiently());
    }

    private void isOpen() {
        PlaywrightAssertions.assertThat(visitor.id("terminal-state"))
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
