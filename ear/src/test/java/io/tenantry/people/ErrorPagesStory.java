package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.mishap.Mishap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The page of each error, otherwise not visited: it has the brand, the person's language and the incident number, and is inspected like all
 * pages.
 */
final class ErrorPagesStory {
    private static final String SLUG = "mishap-a";
    private static final Pattern INCIDENT = Pattern.compile("[2-9a-z]{5}-[2-9a-z]{5}");

    /** Errors that visitors can cause themselves are covered by {@link Places}. */
    private static final Set<String> ELSEWHERE = Set.of("403", "404");

    private static final List<ShownPage> ON_THE_WAY = List.of(
            ShownPage.by("429", 429),
            ShownPage.by("500", 500),
            ShownPage.by("503", 503),
            ShownPage.by("expired", 409),
            new ShownPage("other", "/sign-out", 405));

    private static final List<ShownPage> AT_A_CLOSED_DOOR = List.of(new ShownPage("suspended", "/portal", 503));

    private final PageLanguage pageLanguage = PageLanguage.german();
    private final Rotation rotation = Rotation.ofThisBuild();
    private final List<String> faults = new ArrayList<>();
    private final TreeSet<String> seen = new TreeSet<>(ELSEWHERE);
    private final TreeSet<String> incidents = new TreeSet<>();
    private int pages;

    private ErrorPagesStory() {}

    /** An error page by its file, with a path that triggers it and its status. */
    private record ShownPage(String file, String path, int status) {
        static ShownPage by(String file, int status) {
            return new ShownPage(file, Mishap.PATH + "?of=" + file, status);
        }
    }

    static void tell(Chromium chromium) {
        BrowserTestSetup.brand(SLUG);
        var story = new ErrorPagesStory();
        story.meet(chromium, ON_THE_WAY);
        BrowserTestSetup.close(SLUG);
        story.meet(chromium, AT_A_CLOSED_DOOR);
        assertThat(story.seen).as("pages of errors that were looked at").isEqualTo(Places.errors());
        assertThat(story.faults).as("what is wrong with pages of errors").isEmpty();
        assertThat(story.incidents).as("each has a number of its own").hasSize(story.looks());
    }

    private int looks() {
        var count = 0;
        for (var page = 0; page < pages; page++) {
            for (var language : PageVariant.LANGUAGES) {
                count += rotation.of(language, page).size();
            }
        }
        return count;
    }

    private void meet(Chromium chromium, List<ShownPage> all) {
        for (var shownPage : all) {
            for (var language : PageVariant.LANGUAGES) {
                for (var pageVariant : rotation.of(language, pages)) {
                    try (var somebody = chromium.visitor(SLUG + ".localhost", pageVariant)) {
                        inspect(somebody, shownPage, pageVariant);
                    }
                }
            }
            pages++;
        }
    }

    private void inspect(Visitor somebody, ShownPage shownPage, PageVariant pageVariant) {
        var answer = somebody.go(shownPage.path());
        seen.add(shownPage.file());
        var wrong = new ArrayList<String>();
        if (answer.status() != shownPage.status()) {
            wrong.add("is answered with " + answer.status());
        }
        if (!somebody.language().equals(pageVariant.language())) {
            wrong.add("speaks " + somebody.language());
        }
        if (!somebody.page().title().endsWith("· Brand " + SLUG)) {
            wrong.add("is called " + somebody.page().title());
        }
        var incident = somebody.page().locator(".incident code").innerText();
        if (!INCIDENT.matcher(incident).matches()) {
            wrong.add("has no incident but " + incident);
        }
        incidents.add(incident);
        Inspection.names(somebody.page(), EveryPageStory.NOBODYS).forEach(word -> wrong.add("says " + word));
        wrong.addAll(Inspection.atAllWidths(somebody.page(), pageVariant));
        wrong.addAll(Inspection.inThisTheme(somebody.page(), true));
        wrong.addAll(Widgets.of(somebody.page(), pageVariant));
        wrong.addAll(pageLanguage.english(somebody.page(), pageVariant));
        wrong.addAll(AccessibilityCheck.of(somebody.page()));
        somebody.clearComplaints(shownPage.status());
        wrong.addAll(somebody.complaints());
        wrong.forEach(fault -> faults.add(shownPage.file() + ", " + pageVariant + ": " + fault));
    }
}
