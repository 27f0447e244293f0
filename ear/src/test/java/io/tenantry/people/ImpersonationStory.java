package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** A member of staff impersonates a customer: with a member's rights only, visible to all, in a separate session, until it ends. */
final class ImpersonationStory {
    private static final String SLUG = "path-n";
    private static final String HOST = SLUG + ".localhost";

    /** Longer than the owner of a session may be cached, in milliseconds. */
    private static final int REMEMBERED = 2_500;

    private ImpersonationStory() {}

    static void tell(Chromium chromium) {
        var made = BrowserTestSetup.brand(SLUG);
        var organization = made.id("organization");
        var service = made.id("service");
        try (var sam = chromium.visitor(HOST)) {
            sam.signIn("sam@" + SLUG + ".example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            saysWhy(sam, organization);
            hasAnotherSession(chromium, sam, organization);
            isNothingButAMember(sam, organization);
            hasNoKeys(sam);
            doesSomethingUnderBothNames(sam, service);
            endsIt(sam, organization);
            isLate(sam, organization, service);
            sam.open("/staff/audit?area=impersonation");
            sam.awaitText("impersonation.started");
            sam.awaitText("impersonation.ended");
            sam.signOut();
            sam.assertNoComplaints();
        }
        isTold(chromium, service);
    }

    private static void saysWhy(Visitor sam, String organization) {
        sam.open("/staff/customer?id=" + organization);
        var here = "/staff/impersonate?organization=" + organization;
        sam.page().locator("main a[href='" + here + "']").click();
        sam.awaitUrl(here);
        sam.fits();
        assertThat(sam.submit("/staff/impersonate/start", "reason=why&organization=" + organization))
                .startsWith("0 "); // It leads elsewhere, which is back to the page.
        sam.open(here);
        sam.awaitMessage("Enter a reason of 5 to 200 characters.");
        assertThat(sam.status("/portal/services")).isEqualTo(403);
        sam.clearComplaints();
    }

    private static void begins(Visitor sam, String organization) {
        sam.open("/staff/impersonate?organization=" + organization);
        sam.page().locator("#reason").fill("the customer asked on the phone");
        sam.page().locator("#begin").click();
        sam.awaitUrl("/portal");
        PlaywrightAssertions.assertThat(sam.page().locator("#acting")).containsText("You are impersonating");
    }

    /** The previous session ID no longer works. Tried in a second browser, because Sam's open page keeps sending requests in the background. */
    private static void hasAnotherSession(Chromium chromium, Visitor sam, String organization) {
        var own = sam.cookie("session");
        begins(sam, organization);
        sam.fits();
        var acting = sam.cookie("session");
        assertThat(own).isNotEmpty();
        assertThat(acting).isNotEmpty().isNotEqualTo(own);
        try (var other = chromium.visitor(HOST)) {
            other.cookie("session", own);
            other.go("/staff");
            assertThat(other.path()).startsWith("/sign-in");
        }
        sam.open("/portal/services");
        PlaywrightAssertions.assertThat(sam.page().locator("#acting")).isVisible();
    }

    private static void isNothingButAMember(Visitor sam, String organization) {
        sam.open("/portal/wallet");
        sam.open("/plans");
        PlaywrightAssertions.assertThat(sam.page().locator("#acting")).isVisible();
        sam.open("/portal");
        PlaywrightAssertions.assertThat(sam.page().locator("main h1")).containsText("Kiosk");
        PlaywrightAssertions.assertThat(sam.page().locator("main h1")).not().containsText("Sam");
        assertThat(sam.status("/portal/me")).isEqualTo(403);
        assertThat(sam.status("/staff/customers")).isEqualTo(403);
        assertThat(sam.submit("/staff/customer?id=" + organization, "move=move"))
                .startsWith("403 ");
        assertThat(sam.submit("/staff/impersonate/start", "reason=and+another&organization=" + organization))
                .startsWith("403 ");
        sam.go("/portal/me");
        PlaywrightAssertions.assertThat(sam.page().locator("#acting button")).isVisible();
        sam.clearComplaints();
    }

    /** A key would open the customer's next servers long after the impersonation. */
    private static void hasNoKeys(Visitor sam) {
        sam.open("/portal/ssh-keys");
        sam.awaitText("Olga's laptop");
        PlaywrightAssertions.assertThat(sam.id("key:line")).hasCount(0);
        PlaywrightAssertions.assertThat(sam.page().locator("[id$=':delete']")).hasCount(0);
    }

    private static void doesSomethingUnderBothNames(Visitor sam, String service) {
        sam.open("/portal/service-settings?id=" + service);
        sam.id("lock:on").click();
        sam.awaitMessage("Delete protection enabled.");
        sam.open("/portal/service?id=" + service);
        PlaywrightAssertions.assertThat(sam.page().locator(".timeline")).containsText("Sam Staff (owner) for Kiosk");
    }

    private static void endsIt(Visitor sam, String organization) {
        var acting = sam.cookie("session");
        PlaywrightAssertions.assertThat(sam.page().locator("#acting button")).hasText("Exit customer view");
        sam.page().locator("#acting button").click();
        sam.awaitUrl("/staff/customer?id=" + organization);
        PlaywrightAssertions.assertThat(sam.page().locator("#acting")).hasCount(0);
        assertThat(sam.cookie("session")).isNotEmpty().isNotEqualTo(acting);
        assertThat(sam.submit("/portal/services/terminate", "id=" + organization))
                .startsWith("403 ");
        sam.clearComplaints();
        sam.open("/staff/customers");
    }

    /** The time runs out while a page is open: its request is refused, and the browser returns to the staff member's own session. */
    private static void isLate(Visitor sam, String organization, String service) {
        begins(sam, organization);
        sam.open("/portal/service-settings?id=" + service);
        var acting = sam.cookie("session");
        BrowserTestSetup.actedLongEnough(SLUG, organization);
        sam.page().waitForTimeout(REMEMBERED);
        assertThat(sam.status("/portal/inbox")).isEqualTo(401);
        assertThat(sam.cookie("session")).isEqualTo(acting);
        sam.clearComplaints();
        sam.id("lock:off").click();
        sam.page().waitForURL("**/staff/impersonate?organization=" + organization + "&over=true");
        sam.awaitText("Impersonation has ended.");
        sam.fits();
        assertThat(sam.cookie("session")).isNotEmpty().isNotEqualTo(acting);
        PlaywrightAssertions.assertThat(sam.page().locator("#acting")).hasCount(0);
        sam.open("/staff/customer?id=" + organization);
    }

    /** The customer's owner sees who impersonated and why, and what was done, and that nothing was done too late. */
    private static void isTold(Chromium chromium, String service) {
        try (var olga = chromium.visitor(HOST)) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            olga.open("/portal/notifications");
            olga.awaitText("from our team is acting on your behalf");
            olga.awaitText("Reason: the customer asked on the phone");
            olga.open("/portal/service?id=" + service);
            PlaywrightAssertions.assertThat(olga.page().locator(".timeline")).containsText("(owner) for Kiosk");
            PlaywrightAssertions.assertThat(olga.page().locator("#service-state"))
                    .containsText("protected");
            olga.assertNoComplaints();
        }
    }
}
