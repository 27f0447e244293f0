package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.SessionSettings;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionPlacesTest {
    /** A node of 160 sessions: 40 of a reseller's customers, 10 of an organization. */
    private static final SessionSettings LIMITS = new SessionSettings(160, 40);

    private static final UUID KIOSK = UUID.randomUUID();

    private final SessionPlaces places = new SessionPlaces(LIMITS);
    private final Map<String, Long> lastUsed = new HashMap<>();
    private int time;

    private HttpSession session(String id) {
        lastUsed.put(id, (long) ++time);
        return (HttpSession) Proxy.newProxyInstance(
                SessionPlacesTest.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getId", "toString" -> id;
                    case "getLastAccessedTime" -> {
                        var used = lastUsed.get(id);
                        if (used == null) {
                            throw new IllegalStateException("ended");
                        }
                        yield used;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static SessionHolder customer(String tenant, UUID organization) {
        return new SessionHolder(tenant + " customers", Optional.of(organization), UUID.randomUUID());
    }

    private static SessionHolder staff(String tenant) {
        return new SessionHolder(tenant + " staff", Optional.empty(), UUID.randomUUID());
    }

    /** Registers a session; returns the id of the one that ends for it. */
    private Optional<String> keep(SessionHolder holder, String id) {
        return places.keep(holder, session(id)).map(HttpSession::getId);
    }

    /** Fills the party of a tenant's customers with as many organizations as it takes. */
    private void fill(String tenant, int number) {
        var organization = UUID.randomUUID();
        for (var one = 0; one < number; one++) {
            if (one % LIMITS.perOrganization() == 0) {
                organization = UUID.randomUUID();
            }
            assertThat(keep(customer(tenant, organization), tenant + " " + one)).isEmpty();
        }
    }

    @Test
    void oldestSessionOfPersonEndsBeyondTheirLimit() {
        var sam = staff("aurora");
        for (var one = 0; one < SessionPlaces.PERSON_MAX; one++) {
            assertThat(keep(sam, "sam " + one)).isEmpty();
        }
        lastUsed.put("sam 0", Long.MAX_VALUE);
        assertThat(keep(staff("aurora"), "other")).isEmpty();
        assertThat(keep(sam, "sam last")).hasValue("sam 0");
        assertThat(places.size()).isEqualTo(SessionPlaces.PERSON_MAX + 1);
    }

    @Test
    void idlestSessionOfOrganizationEndsBeyondItsLimit() {
        assertThat(keep(customer("aurora", UUID.randomUUID()), "neighbour")).isEmpty();
        for (var one = 0; one < LIMITS.perOrganization(); one++) {
            assertThat(keep(customer("aurora", KIOSK), "kiosk " + one)).isEmpty();
        }
        lastUsed.put("kiosk 0", Long.MAX_VALUE);
        assertThat(keep(customer("aurora", KIOSK), "kiosk last")).hasValue("kiosk 1");
    }

    @Test
    void sessionOfResellersLargestOrganizationEndsBeyondItsLimit() {
        assertThat(keep(customer("aurora", KIOSK), "kiosk")).isEmpty();
        fill("aurora", LIMITS.perTenant() - 1);
        assertThat(keep(customer("aurora", KIOSK), "kiosk again")).hasValue("aurora 0");
        assertThat(places.full()).containsExactly("aurora customers");
    }

    @Test
    void customersCannotEndSessionsOfStaffNorOfOtherResellers() {
        assertThat(keep(staff("aurora"), "staff")).isEmpty();
        assertThat(keep(customer("borealis", UUID.randomUUID()), "borealis")).isEmpty();
        fill("aurora", LIMITS.perTenant());
        for (var more = 0; more < 3 * LIMITS.perTenant(); more++) {
            assertThat(keep(customer("aurora", UUID.randomUUID()), "more " + more))
                    .hasValueSatisfying(ended -> assertThat(ended).matches("(aurora|more) .*"));
        }
        assertThat(places.holder("staff")).isPresent();
        assertThat(places.holder("borealis")).isPresent();
    }

    @Test
    void sessionOfResellerWithMostEndsWhenNodeIsFull() {
        fill("aurora", 40);
        for (var number = 0; number < 4; number++) {
            fill("reseller-" + number, 30);
        }
        assertThat(places.size()).isEqualTo(LIMITS.perNode());
        assertThat(keep(customer("reseller-0", UUID.randomUUID()), "next")).hasValue("aurora 0");
        assertThat(keep(staff("small"), "small")).as("of its next organization").hasValue("aurora 10");
    }

    @Test
    void neverEndsTheSessionThatWasJustAdded() {
        fill("aurora", LIMITS.perTenant());
        var last = customer("aurora", UUID.randomUUID());
        var session = session("last");
        lastUsed.put("last", Long.MIN_VALUE);
        assertThat(places.keep(last, session))
                .hasValueSatisfying(ended -> assertThat(ended).isNotSameAs(session));
    }

    @Test
    void sessionThatHasEndedAlreadyIsChosenFirst() {
        for (var one = 0; one < LIMITS.perOrganization(); one++) {
            keep(customer("aurora", KIOSK), "kiosk " + one);
        }
        lastUsed.remove("kiosk 7");
        assertThat(keep(customer("aurora", KIOSK), "kiosk last")).hasValue("kiosk 7");
    }

    @Test
    void remembersWhichSessionsEndedForOthers() {
        var sam = staff("aurora");
        for (var one = 0; one <= SessionPlaces.PERSON_MAX; one++) {
            keep(sam, "sam " + one);
        }
        assertThat(places.isSurplus("sam 0")).isTrue();
        assertThat(places.isSurplus("sam 1")).isFalse();
        assertThat(places.forget("sam 1")).hasValue(sam);
        assertThat(places.isSurplus("sam 1")).as("signed out").isFalse();
    }

    @Test
    void isCrowdedWhenMoreThanHalfAreInUse() {
        fill("aurora", 40);
        fill("borealis", 40);
        assertThat(places.isCrowded()).isFalse();
        assertThat(keep(staff("aurora"), "staff")).isEmpty();
        assertThat(places.isCrowded()).isTrue();
        assertThat(places.forget("staff")).isPresent();
        assertThat(places.isCrowded()).isFalse();
    }

    @Test
    void keepsNothingOfHolderWithoutSessions() {
        keep(staff("aurora"), "only");
        assertThat(places.forget("only")).isPresent();
        assertThat(places.forget("unknown")).isEmpty();
        assertThat(places.size()).isZero();
        assertThat(places.full()).isEmpty();
    }
}
