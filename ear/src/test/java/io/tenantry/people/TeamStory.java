package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

/** An owner brings a colleague in by mail, gives another role, and puts them out; what they have open is over at once. */
final class TeamStory {
    private static final String MIA = "mia@kiosk.example";
    private static final String PHRASE = "another-fine-phrase";

    private TeamStory() {}

    static void tell(Chromium chromium) {
        Stage.brand("path-team");
        try (var olga = chromium.visitor("path-team.localhost");
                var mia = chromium.visitor("path-team.localhost")) {
            olga.signIn("olga@kiosk.example", Stage.PASSWORD);
            olga.arrives("/portal");
            invites(olga);
            comesIn(mia);
            changesTheRole(olga, mia);
            putsOut(olga, mia);
            olga.isContent();
        }
    }

    private static void invites(Visitor olga) {
        olga.open("/portal/members");
        olga.reads("1 person");
        olga.opens("invite-sheet");
        olga.id("invite:person").fill("Mia Member");
        olga.id("invite:email").fill(MIA);
        olga.id("invite:role").selectOption("viewer");
        olga.id("invite:do").click();
        olga.isTold("Mia Member was invited. New people receive a link by email.");
        olga.fits();
        assertThat(olga.main()).contains("Mia Member", "invited").doesNotContain("/link#");
    }

    private static void comesIn(Visitor mia) {
        mia.go(Stage.mailed("path-team", MIA));
        mia.reads("Mia Member");
        mia.id("choice:password").fill(PHRASE);
        mia.id("choice:repeated").fill(PHRASE);
        mia.id("choice:choose").click();
        mia.arrives("/portal");
    }

    private static void changesTheRole(Visitor olga, Visitor mia) {
        assertThat(mia.status("/portal/ssh-keys")).isEqualTo(403);
        olga.id("role:next").selectOption("admin");
        olga.id("role:do").click();
        olga.confirms("Mia Member");
        olga.isTold("Role of Mia Member changed.");
        mia.forgive(403);
        mia.open("/portal/ssh-keys");
    }

    /** The page that she has open says that she is signed out, without a click of hers. */
    private static void putsOut(Visitor olga, Visitor mia) {
        mia.open("/portal");
        olga.id("member:disable").click();
        olga.confirms("Mia Member");
        olga.isTold("Mia Member was disabled.");
        mia.page().waitForURL("**/sign-in**");
        assertThat(mia.go("/portal/services").url()).contains("/sign-in");
        olga.id("member:enable").click();
        olga.isTold("Mia Member was enabled.");
        mia.signIn(MIA, PHRASE);
        mia.arrives("/portal");
        olga.id("member:remove").click();
        olga.confirms("Mia Member");
        olga.isTold("Mia Member was removed.");
        olga.reads("1 person");
        mia.page().waitForURL("**/sign-in**");
        assertThat(mia.go("/portal/services").url()).contains("/sign-in");
    }
}
