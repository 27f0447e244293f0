package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Buttons that interrupt or destroy something, or decide who pays, ask first, by the name of the thing, and say what happens to it. */
class ConfirmationTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern BUTTON = Pattern.compile(
            "<(?:h|p):command(?:Button|Link)\\b[^>]*\\baction=\"#\\{([\\w.]+(?:\\(false\\))?)[^\"]*\"[^>]*>");
    private static final Pattern DIALOG = Pattern.compile("<dialog .*?</dialog>", Pattern.DOTALL);

    /** How actions are called that interrupt, destroy or decide who pays. */
    private static final Pattern DISRUPTIVE =
            Pattern.compile("(end|delete|discard|drop|remove|revoke|release|detach|stop|suspend|restart|restore|rescue"
                    + "|leaveRescue|switchOff|switchBack|giveUp|giveBack|writeOff|withdraw|takeBack|retire|close|deregister|forward|issueNow|sendLink|disable|provide"
                    + "|change|turn\\(false\\))\\w*");

    /** Actions that are called like that and are none, or that have a page of their own on which they are confirmed. */
    private static final Set<String> OTHERS = Set.of(
            // A draft, which is published by another button.
            "brandPage.drop",
            "brandPage.restore",
            "newTenantPage.dropLogo",
            // The rhythm of backups; what there is stays.
            "serviceBackupsPage.change",
            // Asks for the present password, and says beside it that other sessions end.
            "profilePage.change",
            // Says on the status page that a disruption is over; opens a wallet that the auditor has stopped.
            "incidentsPage.end",
            "auditorPage.release",
            // Takes a price out of a draft, which nothing has used yet.
            "priceListPage.remove",
            // A page that asks for nothing else, with a way back.
            "resellerPaymentPage.takeBack");

    @Test
    void everyDisruptiveActionIsConfirmed() {
        assertThat(buttons(button -> !button.inDialog() && !button.asks()))
                .as("buttons that do at once what interrupts or destroys")
                .isEmpty();
    }

    @Test
    void aConfirmationSaysWhatHappens() {
        assertThat(buttons(button -> button.asks() && !button.markup().contains("pt:data-effect=")))
                .as("buttons that ask and do not say what happens")
                .isEmpty();
    }

    @Test
    void knowsNoExceptionThatIsNone() {
        var all = new TreeSet<String>();
        pages().flatMap(page -> BUTTON.matcher(page).results()).forEach(found -> all.add(found.group(1)));
        assertThat(all).containsAll(OTHERS);
    }

    private record Button(String action, String markup, boolean inDialog) {
        boolean asks() {
            return markup.contains("pt:data-asks=");
        }
    }

    private static List<String> buttons(Predicate<Button> faulty) {
        return pages().flatMap(ConfirmationTest::of)
                .filter(button -> DISRUPTIVE
                        .matcher(button.action().substring(button.action().indexOf('.') + 1))
                        .matches())
                .filter(button -> !OTHERS.contains(button.action()))
                .filter(faulty)
                .map(Button::action)
                .sorted()
                .toList();
    }

    private static Stream<Button> of(String page) {
        var dialogs = DIALOG.matcher(page).results().toList();
        return BUTTON.matcher(page)
                .results()
                .filter(found -> !found.group(1).startsWith("cc."))
                .map(found -> new Button(
                        found.group(1),
                        found.group(),
                        dialogs.stream()
                                .anyMatch(dialog -> dialog.start() < found.start()
                                        && found.end() < dialog.end()
                                        && dialog.group().contains("<p class=\"muted\">"))));
    }

    private static Stream<String> pages() {
        try (var files = Files.walk(PAGES)) {
            return files
                    .filter(file -> file.toString().endsWith(".xhtml"))
                    .map(ConfirmationTest::text)
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
