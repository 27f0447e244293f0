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

/** Actions that interrupt or destroy something, or decide who pays, ask for confirmation, name the object, and state the consequence. */
class ConfirmationTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern BUTTON = Pattern.compile(
            "<(?:h|p):command(?:Button|Link)\\b[^>]*\\baction=\"#\\{([\\w.]+(?:\\(false\\))?)[^\"]*\"[^>]*>");
    private static final Pattern DIALOG = Pattern.compile("<dialog .*?</dialog>", Pattern.DOTALL);

    /** Names of actions that interrupt, destroy or decide who pays. */
    private static final Pattern DISRUPTIVE =
            Pattern.compile("(end|delete|discard|drop|remove|revoke|release|detach|stop|suspend|restart|restore|rescue"
                    + "|leaveRescue|switchOff|switchBack|giveUp|giveBack|writeOff|withdraw|takeBack|retire|close|deregister|forward|issueNow|sendLink|disable|provide"
                    + "|change|turn\\(false\\))\\w*");

    /** Actions that match by name only, or that have a separate page for confirmation. */
    private static final Set<String> OTHERS = Set.of(
            // A draft, which is published by another action.
            "brandPage.drop",
            "brandPage.restore",
            "newTenantPage.dropLogo",
            // The backup schedule; existing backups stay.
            "serviceBackupsPage.change",
            // Asks for the current password, and states beside it that other sessions end.
            "profilePage.change",
            // Ends a disruption on the status page; releases a wallet stopped by the auditor.
            "incidentsPage.end",
            "auditorPage.release",
            // Removes a price from a draft, which is not yet used.
            "priceListDraftPage.remove",
            // A page dedicated to this confirmation, with a way back.
            "resellerPaymentPage.takeBack");

    @Test
    void everyDisruptiveActionAsksForConfirmation() {
        assertThat(buttons(button -> !button.inDialog() && !button.asks()))
                .as("buttons that do at once what interrupts or destroys")
                .isEmpty();
    }

    @Test
    void everyConfirmationStatesItsEffect() {
        assertThat(buttons(button -> button.asks() && !button.markup().contains("pt:data-effect=")))
                .as("buttons that ask and do not say what happens")
                .isEmpty();
    }

    @Test
    void everyListedExceptionExists() {
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
