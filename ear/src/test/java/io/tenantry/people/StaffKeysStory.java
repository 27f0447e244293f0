package io.tenantry.people;

import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** A member of staff using the keyboard only: find a customer, order a server for it, credit its wallet, undo. */
final class StaffKeysStory {
    private static final String CUSTOMER = "Kiosk keys-b";

    private StaffKeysStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("keys-b");
        try (var sam = chromium.visitor("keys-b.localhost")) {
            var keys = new Keys(sam);
            keys.signIn("sam@keys-b.example");
            sam.awaitUrl("/staff");
            orders(sam, keys);
            credits(sam, keys);
            undoes(sam, keys);
            sam.assertNoComplaints();
        }
    }

    private static void orders(Visitor sam, Keys keys) {
        finds(sam, keys);
        keys.walkTo("main a[href^='/staff/order']");
        keys.press("Enter");
        sam.page().waitForURL("**/staff/order?**");
        keys.walkTo("a.tile.plan");
        keys.press("Enter");
        sam.page().waitForURL("**step=region**");
        keys.walkTo("a.to-review");
        keys.press("Enter");
        sam.page().waitForURL("**step=review**");
        keys.walkTo("[id='order:name']");
        keys.type("by-keys");
        keys.press("Enter");
        sam.page().waitForURL("**/staff/service?id=*");
        sam.awaitText("by-keys");
    }

    private static void finds(Visitor sam, Keys keys) {
        keys.find("Kiosk", CUSTOMER);
        sam.page().waitForURL("**/staff/customer?id=*");
    }

    private static void credits(Visitor sam, Keys keys) {
        finds(sam, keys);
        keys.walkTo("[data-opens='move-sheet']");
        keys.press("Space");
        keys.walkTo("[id='move:direction']");
        keys.press("ArrowDown");
        PlaywrightAssertions.assertThat(sam.id("move:direction")).hasValue("debit");
        keys.press("ArrowUp");
        PlaywrightAssertions.assertThat(sam.id("move:direction")).hasValue("credit");
        keys.walkTo("[id='move:amount']");
        keys.type("25");
        keys.walkTo("[id='move:reason']");
        keys.type("paid by keys");
        keys.press("Enter");
        sam.awaitMessage("25.00");
        sam.awaitText("paid by keys");
    }

    /** The success message does not take the focus, and can be reached for undo. */
    private static void undoes(Visitor sam, Keys keys) {
        keys.walkTo("[data-opens='limit-sheet']");
        keys.press("Enter");
        keys.retype("[id='limit:limit-amount']", "15");
        keys.press("Enter");
        sam.awaitMessage("15.00");
        keys.walkTo("#toasts [data-undo]");
        keys.press("Enter");
        sam.awaitMessage("Action undone.");
        PlaywrightAssertions.assertThat(sam.page().locator(".stat:has([data-opens='limit-sheet'])"))
                .containsText("€0.00");
    }
}
