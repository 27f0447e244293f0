package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

/** An owner invites a colleague by email, changes the role, and removes them; their open pages end at once. */
final class TeamStory {
    private static final String MIA = "mia@kiosk.example";
    private static final String PHRASE = "another-fine-phrase";

    private TeamStory() {}

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand("path-team");
        try (var olga = chromium.visitor("path-team.localhost");
                var mia = chromium.visitor("path-team.localhost")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            olga.awaitUrl("/portal");
            invites(olga);
            acceptsInvitation(mia);
            changesTheRole(olga, mia);
            putsOut(olga, mia);
            comesBackByAccepting(olga, mia);
            olga.assertNoComplaints();
            isLockedByStaff(chromium, olga);
        }
    }

    private static void invites(Visitor olga) {
        olga.open("/portal/members");
        olga.awaitText("1 person");
        olga.openDialog("invite-sheet");
        olga.id("invite:person").fill("Mia Member");
        olga.id("invite:email").fill(MIA);
        olga.id("invite:role").selectOption("viewer");
        olga.id("invite:do").click();
        olga.awaitMessage(
                "Mia Member was invited. No mail server is configured, so no email was sent: only people who can already sign in here can accept the invitation.");
        olga.fits();
        assertThat(olga.main())
                .contains("1 person", "Open invitations", "Mia Member", "Valid until")
                .doesNotContain("/link#");
    }

    private static void acceptsInvitation(Visitor mia) {
        mia.go(BrowserTestSetup.mailed("path-team", MIA));
        mia.awaitText("Mia Member");
        mia.id("choice:password").fill(PHRASE);
        mia.id("choice:repeated").fill(PHRASE);
        mia.id("choice:choose").click();
        mia.awaitUrl("/portal");
    }

    private static void changesTheRole(Visitor olga, Visitor mia) {
        assertThat(mia.status("/portal/ssh-keys")).isEqualTo(403);
        olga.open("/portal/members");
        olga.awaitText("2 people");
        olga.page().getByText("Mia Member").first().click();
        olga.id("role:next").selectOption("admin");
        olga.id("role:do").click();
        olga.confirm("Mia Member");
        olga.awaitMessage("Role of Mia Member changed.");
        mia.clearComplaints(403);
        mia.open("/portal/ssh-keys");
    }

    /** The open page shows that the member is signed out, without a click. */
    private static void putsOut(Visitor olga, Visitor mia) {
        mia.open("/portal");
        olga.id("member:disable").click();
        olga.confirm("Mia Member");
        olga.awaitMessage("Mia Member was disabled.");
        mia.page().waitForURL("**/sign-in**");
        assertThat(mia.go("/portal/services").url()).contains("/sign-in");
        olga.id("member:enable").click();
        olga.awaitMessage("Mia Member was enabled.");
        mia.signIn(MIA, PHRASE);
        mia.awaitUrl("/portal");
        olga.id("member:remove").click();
        olga.confirm("Mia Member");
        olga.awaitMessage("Mia Member was removed.");
        olga.awaitText("1 person");
        mia.page().waitForURL("**/sign-in**");
        assertThat(mia.go("/portal/services").url()).contains("/sign-in");
    }

    /**
     * Mia already has an account: when invited, she becomes a member only by accepting, and can sign in to do so although she has no
     * organization.
     */
    private static void comesBackByAccepting(Visitor olga, Visitor mia) {
        invites(olga);
        mia.signIn(MIA, PHRASE);
        mia.awaitUrl("/portal");
        mia.awaitText("You have an open invitation.");
        mia.open("/portal/invitations");
        mia.fits();
        mia.page()
                .getByText("Accept", new Page.GetByTextOptions().setExact(true))
                .click();
        mia.awaitMessage("You are now a member.");
        mia.open("/portal/services");
        olga.open("/portal/members");
        olga.awaitText("2 people");
    }

    /** She is the only owner: an account that cannot be disabled can be locked. */
    private static void isLockedByStaff(Chromium chromium, Visitor olga) {
        try (var sam = chromium.visitor("path-team.localhost")) {
            sam.signIn("sam@path-team.example", BrowserTestSetup.PASSWORD);
            sam.open("/staff/customers");
            sam.page().getByText("Kiosk").first().click();
            sam.page().locator("a[href*='/staff/customer-members']").first().click();
            sam.page().getByText("Olga").first().click();
            sam.id("lock:reason").fill("Stolen, she called us");
            sam.id("lock:do").click();
            sam.confirm("Olga");
            sam.awaitMessage("was locked.");
            sam.fits();
            olga.page().waitForURL("**/sign-in**");
            sam.id("member:unlock").click();
            sam.confirm("Olga");
            sam.awaitMessage("was unlocked.");
            sam.assertNoComplaints();
        }
    }
}
