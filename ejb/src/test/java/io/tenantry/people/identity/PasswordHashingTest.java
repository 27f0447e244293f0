package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordHashingTest {
    private static final PasswordHashing CHEAP = new PasswordHashing(64, 1, 1);

    @Test
    void producesAPhcStringWithItsParameters() {
        assertThat(CHEAP.hash("orbit-teapot-nine")).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    }

    @Test
    void saltsEachHash() {
        assertThat(CHEAP.hash("orbit-teapot-nine")).isNotEqualTo(CHEAP.hash("orbit-teapot-nine"));
    }

    @Test
    void matchesOnlyTheRightPassword() {
        var hash = CHEAP.hash("orbit-teapot-nine");
        assertThat(PasswordHashing.matches("orbit-teapot-nine", hash)).isTrue();
        assertThat(PasswordHashing.matches("orbit-teapot-ninE", hash)).isFalse();
    }

    @Test
    void doesNotTruncateLongPasswords() {
        var hash = CHEAP.hash("x".repeat(127) + "a");
        assertThat(PasswordHashing.matches("x".repeat(127) + "b", hash)).isFalse();
    }

    @Test
    void detectsHashesWithOutdatedParameters() {
        var hash = CHEAP.hash("orbit-teapot-nine");
        assertThat(CHEAP.isOutdated(hash)).isFalse();
        assertThat(PasswordHashing.RECOMMENDED.isOutdated(hash)).isTrue();
        assertThat(PasswordHashing.matches("orbit-teapot-nine", hash)).isTrue();
    }

    @Test
    void rejectsInvalidArgon2Parameters() {
        assertThatThrownBy(() -> new PasswordHashing(4, 1, 1)).hasMessageContaining("8 KiB");
    }
}
