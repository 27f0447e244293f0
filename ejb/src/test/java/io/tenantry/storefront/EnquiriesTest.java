package io.tenantry.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.storefront.Enquiries.Draft;
import io.tenantry.storefront.Enquiries.Enquiry;
import io.tenantry.storefront.Enquiries.Field;
import io.tenantry.storefront.Enquiries.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnquiriesTest {
    private final Site site = new Site();

    @Test
    void staffReadWhatStrangersWriteAndDealWithIt() {
        Site.run(() -> {
            var first = sent("Do you rent racks?");
            site.pass(Duration.ofMinutes(1));
            var second = sent("And cages?");
            assertThat(site.enquiries.waiting()).isEqualTo(2);
            site.enquiries.done(second);
            site.enquiries.done(second);
            assertThat(site.enquiries.waiting()).isEqualTo(1);
            assertThat(site.enquiries.latest(10)).extracting(Enquiry::id).containsExactly(first, second);
            assertThat(site.enquiries.latest(10))
                    .extracting(Enquiry::doneBy)
                    .containsExactly(Optional.empty(), Optional.of("test"));
            assertThat(site.enquiries.latest(1)).hasSize(1);
        });
    }

    @Test
    void whatWasNotedIsTakenBackByWhoNotedIt() {
        Site.run(() -> {
            var id = sent("Do you rent racks?");
            var at = site.enquiries.done(id).orElseThrow();
            site.pass(Duration.ofMinutes(1));
            assertThat(site.enquiries.done(id)).as("noted before").isEmpty();
            assertThat(site.enquiries.reopen(id, at)).isTrue();
            assertThat(site.enquiries.waiting()).isEqualTo(1);
            assertThat(site.enquiries.reopen(id, at)).as("back already").isFalse();
            var again = site.enquiries.done(id).orElseThrow();
            assertThat(site.enquiries.reopen(id, at)).as("noted anew").isFalse();
            assertThat(site.enquiries.reopen(id, again)).isTrue();
        });
    }

    @Test
    void sendingTwiceIsOneEnquiry() {
        Site.run(() -> {
            assertThat(sent("Hello")).isEqualTo(sent("Hello"));
            site.pass(Duration.ofHours(1));
            sent("Hello");
            assertThat(site.enquiries.waiting()).isEqualTo(2);
        });
    }

    @Test
    void aFloodIsNotKept() {
        Site.run(() -> {
            for (var i = 0; i < Enquiries.HOURLY_MAX; i++) {
                sent("Number " + i);
            }
            assertThat(site.enquiries.send(draft("One too many"))).isEqualTo(new Outcome.TooMany());
            site.pass(Duration.ofHours(1));
            assertThat(site.enquiries.send(draft("An hour later"))).isInstanceOf(Outcome.Sent.class);
        });
    }

    @Test
    void tellsEveryFieldThatIsWrong() {
        Site.run(() -> {
            assertThat(site.enquiries.send(new Draft(" ", "a@b@c", "x".repeat(161), "a\0b", "en")))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.NAME, Field.EMAIL, Field.SUBJECT, Field.MESSAGE)));
            assertThat(site.enquiries.waiting()).isZero();
        });
    }

    @Test
    void whatWasDealtWithIsForgottenAfterHalfAYear() {
        Site.run(() -> {
            site.enquiries.done(sent("Long ago"));
            site.pass(Duration.ofDays(181));
            var open = sent("Never answered");
            var now = sent("Today");
            site.enquiries.done(now);
            assertThat(site.enquiries.latest(10)).extracting(Enquiry::id).containsExactly(open, now);
        });
    }

    @Test
    void othersReadNothing() {
        Site.refused(() -> {
            sent("From a stranger");
            assertThatThrownBy(() -> site.enquiries.latest(1)).isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> site.enquiries.waiting()).isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> site.enquiries.done(new UUID(1, 1))).isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> site.enquiries.reopen(new UUID(1, 1), Site.NOON))
                    .isInstanceOf(AccessDenied.class);
        });
        Site.run(() ->
                assertThatThrownBy(() -> site.enquiries.done(new UUID(1, 1))).isInstanceOf(NotVisible.class));
    }

    private UUID sent(String message) {
        return ((Outcome.Sent) site.enquiries.send(draft(message))).id();
    }

    private static Draft draft(String message) {
        return new Draft("Rita", "rita@example.org", "A question", message, "en");
    }
}
