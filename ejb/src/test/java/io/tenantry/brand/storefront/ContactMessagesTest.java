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
    private final StorefrontFixture storefrontFixture = new StorefrontFixture();

    @Test
    void letsStaffReadAndCompleteMessages() {
        StorefrontFixture.run(() -> {
            var first = send("Do you rent racks?");
            storefrontFixture.advance(Duration.ofMinutes(1));
            var second = send("And cages?");
            assertThat(storefrontFixture.contactMessages.waiting()).isEqualTo(2);
            storefrontFixture.contactMessages.done(second);
            storefrontFixture.contactMessages.done(second);
            assertThat(storefrontFixture.contactMessages.waiting()).isEqualTo(1);
            assertThat(storefrontFixture.contactMessages.latest(10))
                    .extracting(ContactMessage::id)
                    .containsExactly(first, second);
            assertThat(storefrontFixture.contactMessages.latest(10))
                    .extracting(ContactMessage::doneBy)
                    .containsExactly(Optional.empty(), Optional.of("test"));
            assertThat(storefrontFixture.contactMessages.latest(1)).hasSize(1);
        });
    }

    @Test
    void reopensAMessageWithTheTimeOfItsCompletion() {
        StorefrontFixture.run(() -> {
            var id = send("Do you rent racks?");
            var at = storefrontFixture.contactMessages.done(id).orElseThrow();
            storefrontFixture.advance(Duration.ofMinutes(1));
            assertThat(storefrontFixture.contactMessages.done(id))
                    .as("noted before")
                    .isEmpty();
            assertThat(storefrontFixture.contactMessages.reopen(id, at)).isTrue();
            assertThat(storefrontFixture.contactMessages.waiting()).isEqualTo(1);
            assertThat(storefrontFixture.contactMessages.reopen(id, at))
                    .as("already restored")
                    .isFalse();
            var again = storefrontFixture.contactMessages.done(id).orElseThrow();
            assertThat(storefrontFixture.contactMessages.reopen(id, at))
                    .as("noted again")
                    .isFalse();
            assertThat(storefrontFixture.contactMessages.reopen(id, again)).isTrue();
        });
    }

    @Test
    void storesARepeatedMessageOnce() {
        StorefrontFixture.run(() -> {
            assertThat(send("Hello")).isEqualTo(send("Hello"));
            storefrontFixture.advance(Duration.ofHours(1));
            send("Hello");
            assertThat(storefrontFixture.contactMessages.waiting()).isEqualTo(2);
        });
    }

    @Test
    void limitsMessagesPerHour() {
        StorefrontFixture.run(() -> {
            for (var i = 0; i < ContactMessages.HOURLY_MAX; i++) {
                setOrigin("192.0.2." + i);
                send("Number " + i);
            }
            setOrigin("198.51.100.1");
            assertThat(storefrontFixture.contactMessages.send(draft("One too many")))
                    .isEqualTo(new Outcome.TooMany());
            storefrontFixture.advance(Duration.ofHours(1));
            assertThat(storefrontFixture.contactMessages.send(draft("An hour later")))
                    .isInstanceOf(Outcome.Sent.class);
        });
    }

    @Test
    void limitsMessagesPerSenderAddress() {
        StorefrontFixture.run(() -> {
            setOrigin("2001:db8::1");
            for (var i = 0; i < ContactShares.HOURLY_MAX; i++) {
                setOrigin("2001:db8::" + (i + 1));
                send("Number " + i);
                assertThat(storefrontFixture.contactMessages.send(draft(" "))).isInstanceOf(Outcome.Invalid.class);
            }
            assertThat(storefrontFixture.contactMessages.send(draft("One too many")))
                    .isEqualTo(new Outcome.TooMany());
            assertThat(send("Number 0")).as("sent before").isNotNull();
            setOrigin("2001:db8:0:1::1");
            assertThat(storefrontFixture.contactMessages.send(draft("From elsewhere")))
                    .isInstanceOf(Outcome.Sent.class);
            setOrigin("2001:db8::1");
            storefrontFixture.advance(Duration.ofMinutes(10));
            assertThat(storefrontFixture.contactMessages.send(draft("Later"))).isInstanceOf(Outcome.Sent.class);
            assertThat(storefrontFixture.contactMessages.send(draft("Again"))).isEqualTo(new Outcome.TooMany());
        });
    }

    @AfterEach
    void clearOrigin() {
        RequestOrigin.clear();
    }

    private static void setOrigin(String address) {
        RequestOrigin.enter(new RequestOrigin(address, "r"));
    }

    @Test
    void reportsEveryInvalidField() {
        StorefrontFixture.run(() -> {
            assertThat(storefrontFixture.contactMessages.send(new Draft(" ", "a@b@c", "x".repeat(161), "a\0b", "en")))
                    .isEqualTo(new Outcome.Invalid(List.of(Field.NAME, Field.EMAIL, Field.SUBJECT, Field.MESSAGE)));
            assertThat(storefrontFixture.contactMessages.waiting()).isZero();
        });
    }

    @Test
    void deletesCompletedMessagesAfterHalfAYear() {
        StorefrontFixture.run(() -> {
            storefrontFixture.contactMessages.done(send("Long ago"));
            storefrontFixture.advance(Duration.ofDays(181));
            var open = send("Never answered");
            var now = send("Today");
            storefrontFixture.contactMessages.done(now);
            assertThat(storefrontFixture.contactMessages.latest(10))
                    .extracting(ContactMessage::id)
                    .containsExactly(open, now);
        });
    }

    @Test
    void requiresPermission() {
        StorefrontFixture.runWithoutPermission(() -> {
            send("From a stranger");
            assertThatThrownBy(() -> storefrontFixture.contactMessages.latest(1))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.contactMessages.waiting())
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.contactMessages.done(new UUID(1, 1)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> storefrontFixture.contactMessages.reopen(new UUID(1, 1), StorefrontFixture.NOON))
                    .isInstanceOf(AccessDeniedException.class);
        });
        StorefrontFixture.run(() -> assertThatThrownBy(() -> storefrontFixture.contactMessages.done(new UUID(1, 1)))
                .isInstanceOf(NotFoundException.class));
    }

    private UUID send(String message) {
        return ((Outcome.Sent) storefrontFixture.contactMessages.send(draft(message))).id();
    }

    private static Draft draft(String message) {
        return new Draft("Rita", "rita@example.org", "A question", message, "en");
    }
}
