package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Results;
import io.tenantry.people.Places.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every page, visited by the person it is for, and inspected: see {@link Inspection} and {@link AccessibilityCheck}. The short form opens each page in two
 * of the twelve looks, which rotate ({@link Rotation}), and applies the axe rules once to each page and frame; with
 * {@code -Dtenantry.pages=all} in both languages and both themes at each width. {@code -Dtenantry.pages.pictures=FOLDER} keeps a screenshot of
 * each; {@code -Dtenantry.pages.only=WORD} visits only pages whose file names contain the word.
 */
final class EveryPageStory {
    private static final String SLUG = "path-i";
    private static final String HOST = SLUG + ".localhost";
    /** It demonstrates components with made-up words. */
    private static final String GALLERY = "gallery";

    private static final int WAYS = 2 * Rotation.PAIRS;

    /** Words that no customer of a brand may see: the platform, its technology, and other brands. */
    static final List<String> NOBODYS =
            List.of("tenantry", "wildfly", "primefaces", "jboss", "brand path-a", "brand shop-b", "platform.localhost");

    private final Chromium chromium;
    private final Optional<Path> pictures =
            Optional.ofNullable(System.getProperty("tenantry.pages.pictures")).map(Path::of);
    private final String only = System.getProperty("tenantry.pages.only", "");
    private final PageLanguage pageLanguage = PageLanguage.german();
    private final Rotation rotation = Rotation.ofThisBuild();
    private final List<String> faults = new ArrayList<>();
    private final TreeSet<String> seen = new TreeSet<>();
    private final Set<PageVariant> tried = new HashSet<>();
    private final Set<PageVariant> frames = new HashSet<>();
    private final Set<String> judged = new HashSet<>();
    private int pages;

    private EveryPageStory(Chromium chromium) {
        this.chromium = chromium;
    }

    static void tell(Chromium chromium) {
        new EveryPageStory(chromium).inspect();
    }

    private void inspect() {
        var made = BrowserTestSetup.billed(SLUG, BrowserTestSetup.brand(SLUG));
        BrowserTestSetup.operator("ines@platform.example");
        var staff = prepared(made);
        var work = BrowserTestSetup.parkedWork(SLUG);
        Results.showOutcome("pages are looked at " + rotation.told());
        visit(HOST, "", Places.ofStrangers());
        visit(HOST, "olga@kiosk.example", Places.ofCustomers(made));
        visit(HOST, "sam@" + SLUG + ".example", staff);
        visit("platform.localhost", "ines@platform.example", Places.ofOperators(made, SLUG, work));
        if (only.isEmpty()) {
            var missing = Places.files();
            missing.removeAll(seen);
            assertThat(missing).as("pages that nobody looked at").isEmpty();
            assertThat(tried).as("ways in which pages were looked at").hasSize(WAYS);
        }
        assertThat(faults).as("what is wrong with pages").isEmpty();
    }

    /** Some pages need content: an answer, an imprint, an email. */
    private List<Place> prepared(BrowserTestSetup.Made made) {
        try (var sam = chromium.visitor(HOST)) {
            sam.signIn("sam@" + SLUG + ".example", BrowserTestSetup.PASSWORD);
            sam.awaitUrl("/staff");
            sam.open("/staff/faq-entry?language=en");
            sam.id("one:question").fill("Where are you?");
            sam.id("one:answer").fill("By the sea.");
            sam.id("one:do").click();
            sam.awaitMessage("Website updated.");
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
        sam.awaitText("By the Sea 1");
    }

    /**
     * Visits as one person, first in one language and then in the other: after sign-in, the language is the person's and not the browser's.
     */
    private void visit(String host, String email, List<Place> places) {
        try (var person = chromium.visitor(host, new PageVariant("en", "light", 1280))) {
            if (email.isEmpty()) {
                person.go("/");
            } else {
                person.signInInAnyLanguage(email, BrowserTestSetup.PASSWORD);
            }
            frames.clear();
            for (var language : PageVariant.LANGUAGES) {
                person.setLanguage(language);
                for (var at = 0; at < places.size(); at++) {
                    if (places.get(at).file().contains(only)) {
                        for (var pageVariant : rotation.of(language, pages + at)) {
                            inspect(person, host, places.get(at), pageVariant);
                        }
                    }
                }
            }
            person.clearExpectedStatuses();
            person.complaints().forEach(complaint -> faults.add(host + ", " + email + ": " + complaint));
        }
        pages += places.size();
    }

    private void inspect(Visitor person, String host, Place place, PageVariant pageVariant) {
        person.setVariant(pageVariant);
        var answer = person.go(place.path());
        seen.add(place.file());
        tried.add(pageVariant);
        pictures.ifPresent(folder -> person.screenshot(folder.resolve(name(place, pageVariant))));
        var wrong = new ArrayList<String>();
        if (answer.status() != place.status()) {
            wrong.add("is answered with " + answer.status());
        }
        if (!person.language().equals(pageVariant.language())) {
            wrong.add("speaks " + person.language());
        }
        if (!host.startsWith("platform.")) {
            Inspection.names(person.page(), NOBODYS).forEach(word -> wrong.add("says " + word));
        }
        var isNewFrame = frames.add(pageVariant);
        wrong.addAll(Inspection.atAllWidths(person.page(), pageVariant));
        var isNewPage = judged.add(place.path());
        if (isNewPage || isNewFrame || rotation.all()) {
            wrong.addAll(Inspection.inThisTheme(person.page(), isNewFrame));
        }
        wrong.addAll(Widgets.of(person.page(), pageVariant));
        if (!place.file().equals(GALLERY)) {
            wrong.addAll(pageLanguage.english(person.page(), pageVariant));
        }
        wrong.addAll(AccessibilityCheck.of(person.page()));
        wrong.forEach(fault -> faults.add(place.file() + ", " + pageVariant + ": " + fault));
    }

    private static String name(Place place, PageVariant pageVariant) {
        return "%s-%s-%s-%d.png"
                .formatted(
                        place.file().replace(".xhtml", "").replace('/', '-'),
                        pageVariant.language(),
                        pageVariant.theme(),
                        pageVariant.width());
    }
}
