package io.tenantry.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.CurrentApiKey;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdempotentRequestsTest {
    private static final UUID FIRST = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final UUID OTHER = UUID.fromString("00000000-0000-0000-0000-000000000002");

    @Test
    void fingerprintDependsOnApiKeyAndScopes() {
        var first = content(FIRST, "vps_create");
        assertThat(content(FIRST, "vps_create")).isEqualTo(first);
        assertThat(content(OTHER, "billing_view")).isNotEqualTo(first);
        assertThat(IdempotentRequests.content("order", "small")).isNotEqualTo(first);
    }

    @Test
    void fingerprintDependsOnRequest() {
        assertThat(IdempotentRequests.content("order", "small"))
                .isNotEqualTo(IdempotentRequests.content("order", "large"))
                .isNotEqualTo(IdempotentRequests.content("end", "small"));
    }

    private static String content(UUID apiKey, String scope) {
        CurrentApiKey.enter(new CurrentApiKey(apiKey, null, Set.of(scope)));
        try {
            return IdempotentRequests.content("order", "small");
        } finally {
            CurrentApiKey.clear();
        }
    }
}
