package io.tenantry.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.storefront.ContactMessages.ContactMessage;
import io.tenantry.brand.storefront.ContactMessages.Draft;
import io.tenantry.brand.storefront.ContactMessages.Field;
import io.tenantry.brand.storefront.ContactMessages.Outcome;
import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContactMessagesTest {
    private final Site site = new Site();

    @Test
    void staffReadWhatStrangersWriteAndDealWithIt() {
        Site.run(() -> {
            var first = sent("Do you rent racks?");
            site.pass(Duration.ofMinutes(1));
            var second = sent("And cages?");
            assertThat(site.contactMessages.waiting()).isEqualTo(2);
            site.contactMessages.done(second);
            site.contactMessages.done(second);
            assertThat(site.contactMessages.waiting()).isEqualTo(1);
            assertThat(site.contactMessages.latest(10))
                    .extracting(ContactMessage::id)
                    .containsExactly(first, second);
            assertThat(site.contactMessages.latest(10))
                    .extracting(ContactMessage::doneBy)
                    .containsExactly(Optional.empty(), Optional.of("test"));
            assertThat(site.contactMessages.latest(1)).hasSize(1);
        });
    }

    @Test
    void whatWasNotedIsTakenBackByWhoNotedIt() {
        Site.run(() -> {
            var id = sent("Do you rent racks?");
            var at = site.contactMessages.done(id).orElseThrow();
            site.pass(Duration.ofMinutes(1));
            assertThat(site.contactMessages.done(id)).as("noted before").isEmpty();
            assertThat(site.contactMessages.reopen(id, at)).isTrue();
            assertThat(site.contactMessages.waiting()).isEqualTo(1);
            assertThat(site.contactMessages.reopen(id, at)).as("back already").isFalse();
            var again = site.contactMessages.done(id).orElseThrow();
            assertThat(site.contactMessages.reopen(id, at)).as("noted anew").isFalse();
            assertThat(site.contactMessages.reopen(id, again)).isTrue();
        });
    }

    @Test
    void sendingTwiceIsOneEnquiry() {
        Site.run(() -> {
            assertThat(sent("Hello")).isEqualTo(sent("Hello"));
            site.pass(Duration.ofHours(1));
            sent("Hello");
            assertThat(site.contactMessages.waiting()).isEqualTo(2);
        });
    }

    @Test
    void aFloodIsNotKept() {
        Site.run(() -> {
            for (var i = 0; i < ContactMessages.HOURLY_MAX; i++) {
                from("192.0.2." + i);
                sent("Number " + i);
            }
            from("198.51.100.1");
            assertThat(site.contactMessages.send(draft("One too many"))).isEqualTo(new Outcome.TooMany());
            site.pass(Duration.ofHours(1));
            assertThat(site.contactMessages.send(draft("An hour later"))).isInstanceOf(Outcome.Sent.class);
        });
    }

    @Test
    void oneAddressDoesNotCloseTheForm() {
        Site.run(() -> {
            from("2001:db8::1");
            for (var i = 0; i < ContactShares.HOURLY_MAX; i++) {
                from("2001:db8::" + (i + 1));
                sent("Number " + i);
                assertThat(site.contactMessages.send(draft(" "))).isInstanceOf(Outcome.Invalid.class);
            }
            assertThat(site.contactMessages.send(draft("One too many"))).isEqualTo(new Outcome.TooMany());
            assertThat(sent("Number 0")).as("sent before").isNotNull();
            from("2001:db8:0:1::1");
            assertThat(site.contactMessages.send(draft("From elsewhere"))).isInstanceOf(Outcome.Sent.class);
            from("2001:db8::1");
            site.pass(Duration.ofMinutes(10));
            assertThat(site.contactMessages.send(draft("Later"))).isInstanceOf(Outcome.Sent.class);
            assertThat(site.contactMessages.send(draft("Again"))).isEqualTo(new Outcome.TooMany());
        });
    }

    @AfterEach
    void leave() {
        RequestOrigin.clear();
    }

    private static void from(String address) {
        RequestOrigin.enter(new RequestOrigin(address, "r"));
    }

    @Test
    void tellsEveryFieldThatIsWrong() {
        Site.run(() -> {
            assertThat(site.contactMessages.send(new Draft(" ", "a@b@c", "x".repeat(161), "a\0b", "en")))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.NAME, Field.EMAIL, Field.SUBJECT, Field.MESSAGE)));
            assertThat(site.contactMessages.waiting()).isZero();
        });
    }

    @Test
    void whatWasDealtWithIsForgottenAfterHalfAYear() {
        Site.run(() -> {
            site.contactMessages.done(sent("Long ago"));
            site.pass(Duration.ofDays(181));
            var open = sent("Never answered");
            var now = sent("Today");
            site.contactMessages.done(now);
            assertThat(site.contactMessages.latest(10))
                    .extracting(ContactMessage::id)
                    .containsExactly(open, now);
        });
    }

    @Test
    void othersReadNothing() {
        Site.refused(() -> {
            sent("From a stranger");
            assertThatThrownBy(() -> site.contactMessages.latest(1)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.contactMessages.waiting()).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.contactMessages.done(new UUID(1, 1)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> site.contactMessages.reopen(new UUID(1, 1), Site.NOON))
                    .isInstanceOf(AccessDeniedException.class);
        });
        Site.run(() -> assertThatThrownBy(() -> site.contactMessages.done(new UUID(1, 1)))
                .isInstanceOf(NotFoundException.class));
    }

    private UUID sent(String message) {
        return ((Outcome.Sent) site.contactMessages.send(draft(message))).id();
    }

    private static Draft draft(String message) {
        return new Draft("Rita", "rita@example.org", "A question", message, "en");
    }
}
