package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.CurrentApiKey;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final String AURORA = "aurora";
    private static final UUID ORANGE = UUID.randomUUID();
    private static final UUID PLUM = UUID.randomUUID();

    private final RateLimits limits = limits();

    @Test
    void keysOfOrganizationShareQuarterOfLimit() {
        assertThat(answered(key(ORANGE), AURORA, 20)).isEqualTo(5);
        assertThat(answered(key(ORANGE), AURORA, 20)).isEqualTo(3);
        assertThat(answered(key(PLUM), AURORA, 20)).isEqualTo(5);
    }

    @Test
    void customersCannotExhaustStaffLimit() {
        var all = 0;
        for (int i = 0; i < 20; i++) {
            all += answered(key(UUID.randomUUID()), AURORA, 5);
        }
        assertThat(all).isEqualTo(32);
        assertThat(answered(key(ORANGE), AURORA, 1)).isZero();
        assertThat(answered(key(null), AURORA, 20)).isEqualTo(5);
        assertThat(answered(key(ORANGE), "borealis", 1)).isEqualTo(1);
    }

    private int answered(CurrentApiKey key, String scope, int requests) {
        var answered = 0;
        for (int i = 0; i < requests; i++) {
            answered += limits.ofKey(key, scope).isEmpty() ? 1 : 0;
        }
        return answered;
    }

    private static CurrentApiKey key(@Nullable UUID organization) {
        return new CurrentApiKey(UUID.randomUUID(), organization, Set.of());
    }

    private static RateLimits limits() {
        var limits = new RateLimits();
        limits.settings =
                new Settings(Map.of("tenantry.api.rate.key", "5", "tenantry.api.rate.tenant", "32")::get, name -> null);
        return limits;
    }
}
