package io.tenantry.people;

/** An operator using the keyboard only: find a brand, check charging, look up the audit trail. */
final class OperatorKeysStory {
    private OperatorKeysStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("keys-c");
        BrowserTestSetup.operator("kim@platform.example");
        try (var kim = chromium.visitor("platform.localhost")) {
            var keys = new Keys(kim);
            keys.signIn("kim@platform.example");
            kim.awaitUrl("/admin");
            keys.find("keys-c", "Brand keys-c");
            kim.page().waitForURL("**/admin/tenants/one?slug=keys-c");
            keys.walkTo(".side a[href='/admin/runs']");
            keys.press("Enter");
            kim.awaitUrl("/admin/runs");
            keys.walkTo("[id='live:charge-now']");
            keys.press("Space");
            kim.page().locator("#toasts .toast.ok").waitFor();
            keys.walkBackTo(".side a[href='/admin/audit']");
            keys.press("Enter");
            kim.awaitUrl("/admin/audit");
            keys.walkTo("main [name=q]");
            keys.type("tenant");
            keys.press("Enter");
            kim.page().waitForURL("**/admin/audit?q=tenant**");
            kim.awaitText("tenant.created");
            kim.assertNoComplaints();
        }
    }
}
