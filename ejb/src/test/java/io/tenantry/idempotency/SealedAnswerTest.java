package io.tenantry.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedAnswerTest {
    private static final UUID ADA = UUID.fromString("00000000-0000-7000-8000-00000000000a");
    private static final UUID BEN = UUID.fromString("00000000-0000-7000-8000-00000000000b");

    @Test
    void opensWhatTheSameKeySealed() {
        var kept = SealedAnswer.of(ADA, "order-1").seal("{\"link\":\"https://…\"}");

        assertThat(SealedAnswer.of(ADA, "order-1").open(kept)).isEqualTo("{\"link\":\"https://…\"}");
    }

    @Test
    void keepsNothingThatCanBeReadWithoutTheKey() {
        var kept = SealedAnswer.of(ADA, "order-1").seal("a secret link");

        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void opensNothingWithAnotherKey() {
        var kept = SealedAnswer.of(ADA, "order-1").seal("a secret link");
        var other = SealedAnswer.of(ADA, "order-2");

        assertThatThrownBy(() -> other.open(kept)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsTheSameKeyOfTwoPeopleApart() {
        assertThat(SealedAnswer.of(ADA, "order-1").keyHash())
                .isNotEqualTo(SealedAnswer.of(BEN, "order-1").keyHash());
    }
}
