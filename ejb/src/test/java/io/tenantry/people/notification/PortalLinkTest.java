package io.tenantry.people.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PortalLinkTest {
    private static final UUID KIOSK = UUID.fromString("00000000-0000-7000-8000-000000000001");

    @Test
    void appendsTheOrganizationToTheLink() {
        assertThat(PortalLink.in(KIOSK, "/portal")).isEqualTo("/portal?in=" + KIOSK);
        assertThat(PortalLink.in(KIOSK, "/portal/service?id=1")).isEqualTo("/portal/service?id=1&in=" + KIOSK);
    }
}
