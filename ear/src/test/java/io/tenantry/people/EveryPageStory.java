package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.Places.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Every page there is, looked at by the person who sees it, and inspected: see {@link Inspection}, in both themes and at all widths.
 * The short form opens each page in English, light, on a desk and in German, dark, on a phone; with {@code -Dtenantry.pages=all} in both
 * languages and both themes at each width.
 */
final class EveryPageStory {
    private static final String SLUG = "path-i";

    /** What no customer of a brand may read: the platform, what it is made of, and other brands. */
    private static final List<String> NOBODYS =
            List.of("tenantry", "wildfly", "primefaces", "jboss", "brand path-a", "brand shop-b", "platform.localhost");

    private final Chromium chromium;
    private final List<String> faults = new ArrayList<>();
    private final TreeSet<String> seen = new TreeSet<>();

    private EveryPageStory(Chromium chromium) {
        this.chromium = chromium;
    }

    static void tell(Chromium chromium) {
        new EveryPageStory(chromium).look();
    }

    private void look() {
        var made = Stage.brand(SLUG);
        Stage.operator("ines@platform.example");
        var staff = prepared(made);
        var work = Stage.parkedWork(SLUG);
        for (var looks : looks()) {
            visit(looks, SLUG + ".localhost", "", Places.ofStrangers());
            visit(looks, SLUG + ".localhost", "olga@kiosk.example", Places.ofCustomers(made));
            visit(looks, SLUG + ".localhost", "sam@" + SLUG + ".example", staff);
            visit(looks, "platform.localhost", "ines@platform.example", Places.ofOperators(SLUG, work));
        }
        var missing = Places.files();
        missing.removeAll(seen);
        assertThat(missing).as("pages that nobody looked at").isEmpty();
        assertThat(faults).as("what is wrong with pages").isEmpty();
    }

    private static List<Looks> looks() {
        if (!System.getProperty("tenantry.pages", "").equals("all")) {
            return List.of(new Looks("en", "light", 1280), new Looks("de", "dark", 390));
        }
        var all = new ArrayList<Looks>();
        for (var language : List.of("en", "de")) {
            for (var theme : List.of("light", "dark")) {
                for (var width : Looks.WIDTHS) {
                    all.add(new Looks(language, theme, width));
                }
            }
        }
        return all;
    }

    /** Some pages need something to show: an answer, an imprint, a mail. */
    private List<Place> prepared(Stage.Made made) {
        try (var sam = chromium.visitor(SLUG + ".localhost")) {
            sam.signIn("sam@" + SLUG + ".example", Stage.PASSWORD);
            sam.arrives("/staff");
            sam.open("/staff/question?language=en");
            sam.id("one:question").fill("Where are you?");
            sam.id("one:answer").fill("By the sea.");
            sam.id("one:do").click();
            sam.isTold("The website has changed.");
            var question = sam.page().locator("#questions .people a").first().getAttribute("href");
            imprint(sam);
            sam.open("/staff/mails");
            var mail = sam.page().locator("a[href^='/staff/mail?']").first().getAttribute("href");
            return Places.ofStaff(made, question, mail);
        }
    }

    private static void imprint(Visitor sam) {
        sam.open("/staff/legal?text=imprint");
        sam.id("legal:body").fill("# Imprint\n\nBrand, By the Sea 1");
        sam.id("legal:publish").click();
        sam.page().waitForURL(url -> url.contains("/staff/"));
        sam.go("/legal?text=imprint");
        sam.reads("By the Sea 1");
    }

    private void visit(Looks looks, String host, String email, List<Place> places) {
        try (var person = chromium.visitor(host, looks)) {
            if (!email.isEmpty()) {
                person.signsInSomehow(email, Stage.PASSWORD);
            }
            for (var place : places) {
                person.go(place.path());
                seen.add(place.file());
                if (!host.startsWith("platform.")) {
                    Inspection.names(person.page(), NOBODYS)
                            .forEach(word -> faults.add(place.file() + ", " + looks + ": says " + word));
                }
                for (var fault : Inspection.of(person.page(), looks)) {
                    faults.add(place.file() + ", " + looks + ": " + fault);
                }
            }
            person.forgiveStatuses();
            person.complaints().forEach(complaint -> faults.add(looks + ": " + complaint));
        }
    }
}
