package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** Undo of actions: immediately, by keyboard, without scripts; refused when something else has happened since. */
final class UndoStory {
    private static final String HOST = "undo-a.localhost";
    private static final String UNDONE = "Action undone.";

    private UndoStory() {}

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand("undo-a");
        try (var sam = chromium.visitor(HOST);
                var plain = chromium.visitorWithoutScripts(HOST)) {
            sam.signIn("sam@undo-a.example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            aQuestion(sam);
            aLimit(sam, made);
            aPlan(sam, made);
            anEnquiry(plain, sam);
            plain.cookie("session", sam.cookie("session"));
            noticesWithoutScripts(plain);
            newsWithoutScripts(plain);
            sam.assertNoComplaints();
        }
    }

    private static void aQuestion(Visitor sam) {
        sam.open("/staff/faq-entry?language=en");
        sam.id("one:question").fill("Where are you?");
        sam.id("one:answer").fill("By the sea.");
        sam.id("one:do").click();
        sam.awaitMessage("Website updated.");
        sam.page().locator("[id$=':remove']").first().click();
        sam.confirm("Where are you?");
        sam.awaitMessage("Question removed.");
        sam.fits();
        var token = token(sam);
        undoes(sam);
        PlaywrightAssertions.assertThat(sam.page().locator("#questions")).containsText("Where are you?");
        sam.submit("/staff/undo", "token=" + token);
        assertThat(parts(sam))
                .as("a refreshed part of an open page does not show the message")
                .doesNotContain("This can no longer be undone.");
        sam.open("/staff/site?language=en");
        sam.awaitMessage("This can no longer be undone.");
    }

    /** Requests the parts as an open page does when it is notified of a change. */
    private static String parts(Visitor sam) {
        return (String)
                sam.page()
                        .evaluate(
                                "() => fetch(location.href, { headers: { 'X-Show': 'parts' } }).then((answer) => answer.text())");
    }

    private static void aLimit(Visitor sam, BrowserTestSetup.Made made) {
        sam.open("/staff/customer?id=" + made.id("organization"));
        limits(sam, "20");
        assertThat((Boolean) sam.page().evaluate("document.activeElement === document.body"))
                .as("the focus is where it was")
                .isTrue();
        var token = token(sam);
        limits(sam, "50");
        sam.submit("/staff/undo", "token=" + token);
        sam.page().reload();
        sam.awaitMessage("Could not be undone: it has changed");
        hasLimit(sam, "€50.00");
        limits(sam, "70");
        // The page is visible before its scripts handle keys. They do once they have moved the message.
        sam.page().locator("#toasts [data-undo]").last().waitFor();
        sam.page().keyboard().press("Control+Z");
        sam.awaitMessage(UNDONE);
        hasLimit(sam, "€50.00");
    }

    private static void limits(Visitor sam, String amount) {
        sam.openDialog("limit-sheet");
        sam.id("limit:limit-amount").fill(amount);
        sam.id("limit:do").click();
        sam.awaitMessage("€" + amount + ".00");
    }

    private static void hasLimit(Visitor sam, String amount) {
        PlaywrightAssertions.assertThat(sam.page().locator(".stat:has([data-opens='limit-sheet'])"))
                .containsText(amount);
    }

    private static void aPlan(Visitor sam, BrowserTestSetup.Made made) {
        sam.open("/staff/plan?id=" + made.id("large"));
        sam.openDialog("retire");
        sam.id("retire_name").fill("large");
        sam.id("retire:form:do").click();
        sam.awaitMessage("Large retired.");
        PlaywrightAssertions.assertThat(sam.page().locator("[data-opens=retire]"))
                .hasCount(0);
        undoes(sam);
        PlaywrightAssertions.assertThat(sam.page().locator("[data-opens=retire]"))
                .hasCount(1);
    }

    private static void anEnquiry(Visitor stranger, Visitor sam) {
        stranger.go("/contact");
        stranger.id("name").fill("Rita");
        stranger.id("email").fill("rita@example.org");
        stranger.id("subject").fill("Racks");
        stranger.id("message").fill("Do you rent racks?");
        stranger.page().locator("form.contact button").click();
        stranger.page().waitForURL("**/contact?sent=true");
        sam.open("/staff/contact-messages");
        sam.page().locator("[id$=':done']").click();
        sam.awaitMessage("Marked as resolved.");
        undoes(sam);
        PlaywrightAssertions.assertThat(sam.page().locator("[id$=':done']")).hasCount(1);
    }

    private static void noticesWithoutScripts(Visitor plain) {
        plain.go("/staff/notifications");
        var unread = plain.page().locator(".notice-list .new");
        var before = unread.count();
        assertThat(before).isPositive();
        plain.page().locator("button[data-read-all]").click();
        PlaywrightAssertions.assertThat(unread).hasCount(0);
        undoesPlainly(plain);
        PlaywrightAssertions.assertThat(unread).hasCount(before);
    }

    private static void newsWithoutScripts(Visitor plain) {
        var all = plain.page().locator(".people a");
        announces(plain);
        undoesPlainly(plain);
        PlaywrightAssertions.assertThat(all).hasCount(0);
        announces(plain);
        all.click();
        plain.id("news:drop").click();
        PlaywrightAssertions.assertThat(all).hasCount(0);
        undoesPlainly(plain);
        PlaywrightAssertions.assertThat(all).hasText("New routers");
    }

    private static void announces(Visitor plain) {
        plain.go("/staff/announcements");
        plain.id("news:title").fill("New routers");
        plain.id("news:words").fill("At *night*.");
        plain.id("news:do").click();
        PlaywrightAssertions.assertThat(plain.page().locator(".people a")).hasCount(1);
    }

    private static String token(Visitor sam) {
        return sam.page().locator("#toasts input[name=token]").last().inputValue();
    }

    private static void undoes(Visitor sam) {
        sam.page().locator("#toasts [data-undo]").last().click();
        sam.awaitMessage(UNDONE);
    }

    private static void undoesPlainly(Visitor plain) {
        // Without scripts the end of an animation cannot be detected, so it is reached by keyboard.
        plain.page().locator("#growl [data-undo]").focus();
        plain.page().keyboard().press("Enter");
        plain.awaitText(UNDONE);
    }
}
