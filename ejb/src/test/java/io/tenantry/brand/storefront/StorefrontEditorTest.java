package io.tenantry.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.storefront.Storefront.Place;
import io.tenantry.brand.storefront.Storefront.Question;
import io.tenantry.brand.storefront.Storefront.Slot;
import io.tenantry.brand.storefront.StorefrontEditor.Field;
import io.tenantry.brand.storefront.StorefrontEditor.Outcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StorefrontEditorTest {
    private static final UUID UNKNOWN = new UUID(1, 2);

    private final Site site = new Site();

    @Test
    void wordsAreSaidInTheirLanguageUntilTheyAreTakenBack() {
        Site.run(() -> {
            site.editor.say("en", Map.of(Slot.HEADLINE, " Servers with a view ", Slot.ABOUT, "# Us"));
            assertThat(site.storefront.texts("en"))
                    .isEqualTo(Map.of(Slot.HEADLINE, "Servers with a view", Slot.ABOUT, "# Us"));
            assertThat(site.storefront.texts("de")).isEmpty();
            site.editor.say("en", Map.of(Slot.HEADLINE, "  "));
            assertThat(site.storefront.texts("en")).isEmpty();
        });
    }

    @Test
    void tellsEveryFieldThatIsWrongAndChangesNothing() {
        Site.run(() -> {
            var words = Map.of(Slot.HEADLINE, "x".repeat(91), Slot.LEAD, "fine");
            assertThat(site.editor.say("xx", words))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.LANGUAGE, Field.HEADLINE)));
            assertThat(site.storefront.texts("xx")).isEmpty();
            assertThat(site.editor.add("fr", " ", "x".repeat(5_001)))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.QUESTION, Field.ANSWER, Field.LANGUAGE)));
            assertThat(site.editor.locate("nowhere", new Place(new BigDecimal("90.1"), new BigDecimal("-181"))))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.REGION, Field.LATITUDE, Field.LONGITUDE)));
        });
    }

    @Test
    void questionsStandInTheOrderThatStaffGive() {
        Site.run(() -> {
            for (var each : List.of("one", "two", "three", "four")) {
                site.editor.add("en", each, "answer");
            }
            site.editor.add("de", "eins", "Antwort");
            site.editor.raise(id("three"));
            assertThat(order()).containsExactly("one", "three", "two", "four");
            site.editor.raise(id("three"));
            site.editor.raise(id("three"));
            assertThat(order()).containsExactly("three", "one", "two", "four");
            site.editor.remove(id("one"));
            site.editor.raise(id("four"));
            assertThat(order()).containsExactly("three", "four", "two");
            site.editor.change(id("two"), " zwo ", "other");
            assertThat(order()).containsExactly("three", "four", "zwo");
            assertThat(site.storefront.questions("de"))
                    .extracting(Question::question)
                    .containsExactly("eins");
        });
    }

    @Test
    void aQuestionThatWasRemovedComesBackWhereItWas() {
        Site.run(() -> {
            for (var each : List.of("one", "two", "three")) {
                site.editor.add("en", each, "answer to " + each);
            }
            var before = site.storefront.questions("en");
            var removed = site.editor.remove(id("two"));
            assertThat(order()).containsExactly("one", "three");
            assertThat(site.editor.putBack(removed)).isTrue();
            assertThat(site.storefront.questions("en")).isEqualTo(before);
            assertThat(site.editor.putBack(removed)).as("there already").isFalse();
            assertThat(site.storefront.questions("en")).isEqualTo(before);
        });
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        Site.run(() -> {
            assertThatThrownBy(() -> site.editor.change(UNKNOWN, "q", "a")).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> site.editor.remove(UNKNOWN)).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> site.editor.raise(UNKNOWN)).isInstanceOf(NotFoundException.class);
        });
    }

    @Test
    void whoMayNotChangeTheSettingsChangesNothingHere() {
        Site.refused(() -> {
            assertThatThrownBy(() -> site.editor.say("en", Map.of())).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.editor.add("en", "q", "a")).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.editor.change(UNKNOWN, "q", "a")).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.editor.remove(UNKNOWN)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.editor.raise(UNKNOWN)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.editor.putBack(new StorefrontEditor.Removed(UNKNOWN, "en", 1, "q", "a")))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.editor.locate("x", new Place(BigDecimal.ONE, BigDecimal.ONE)))
                    .isInstanceOf(AccessDeniedException.class);
        });
    }

    private List<String> order() {
        return site.storefront.questions("en").stream().map(Question::question).toList();
    }

    private UUID id(String question) {
        return site.storefront.questions("en").stream()
                .filter(each -> each.question().equals(question))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
