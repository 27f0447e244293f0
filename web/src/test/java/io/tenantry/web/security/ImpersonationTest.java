package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.people.identity.RequestPermissionCache;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Impersonation;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of a browser in which staff impersonate a customer. */
class ImpersonationTest {
    private static final Scope AURORA = Scope.of(new TenantId("aurora"));
    private static final UUID BAKERY = new UUID(7, 7);
    private static final UUID SESSION = new UUID(1, 1);
    private static final Impersonation FOR_BAKERY = new Impersonation(
            new UUID(9, 9), BAKERY, "Bakery", "Anna", "support", Instant.parse("2026-11-21T12:30:00Z"));
    private static final AuthenticatedPerson ANNA =
            new AuthenticatedPerson(new UUID(2, 2), "anna@example.org", "Anna", Actor.Kind.STAFF, null, null);
    private static final AuthenticatedPerson ANNA_FOR_BAKERY = new AuthenticatedPerson(
            ANNA.personId(), ANNA.email(), ANNA.name(), Actor.Kind.MEMBER, null, null, FOR_BAKERY);
    private static final SessionReference OWN = new SessionReference(AURORA.label(), SESSION);
    private static final SessionReference ACTING = OWN.actingFor(BAKERY, FOR_BAKERY.id());

    private final SignInMechanism mechanism = new SignInMechanism();
    private final Map<String, String> heads = new HashMap<>();
    private final Map<String, Object> noted = new HashMap<>();
    private final List<String> answers = new ArrayList<>();
    private final StringWriter written = new StringWriter();
    private @Nullable Map<String, Object> kept =
            new HashMap<>(Map.of(SessionReference.ATTRIBUTE, ACTING, "view", "open"));
    private Optional<AuthenticatedPerson> person = Optional.of(ANNA);
    private Optional<AuthenticatedPerson> acting = Optional.of(ANNA_FOR_BAKERY);

    @BeforeEach
    void arrive() {
        Tenancy.enter(AURORA);
        mechanism.signedIn = new SignedInSessions() {
            @Override
            boolean isSurplus(@Nullable String id) {
                return false;
            }

            @Override
            void rotate(HttpServletRequest request, SessionReference token) {
                SessionRotation.with(request, token);
            }
        };
        mechanism.sessions = new SessionCache() {
            @Override
            public Optional<AuthenticatedPerson> find(UUID sessionId) {
                return person.filter(known -> sessionId.equals(SESSION));
            }

            @Override
            public Optional<AuthenticatedPerson> findActing(UUID sessionId, UUID organizationId, UUID impersonationId) {
                return acting.filter(known -> sessionId.equals(SESSION)
                        && organizationId.equals(BAKERY)
                        && impersonationId.equals(FOR_BAKERY.id()));
            }
        };
    }

    @AfterEach
    void leave() {
        Actors.clear();
        RequestPermissionCache.end();
        Tenancy.clear();
    }

    @Test
    void actsAsMemberUnderBothNamesInPortal() throws Exception {
        assertThat(ask("GET", "/portal/services")).isEqualTo(AuthenticationStatus.SUCCESS);
        assertThat(Actors.require().kind()).isEqualTo(Actor.Kind.MEMBER);
        assertThat(Actors.require().name()).isEqualTo("Anna (support) for Bakery");
        assertThat(answers).containsExactly("head Cache-Control no-store", "known MEMBER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/staff", "/staff/customer", StartImpersonationServlet.PATH, "/portal/me", "/portal/me.xhtml"})
    void rejectsOwnFormsDuringImpersonation(String path) throws Exception {
        assertThat(ask("POST", path)).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(answers).containsExactly("error 403");
        assertThat(Actors.current()).isEmpty();
        assertThat(noted).as("the page that says so shows the way out").containsValue(ANNA_FOR_BAKERY);
    }

    @Test
    void rejectsCustomerFormsAfterImpersonation() throws Exception {
        kept = new HashMap<>(Map.of(SessionReference.ATTRIBUTE, OWN));
        assertThat(ask("POST", "/portal/services/terminate")).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(answers).containsExactly("error 403");
        assertThat(Actors.current()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal/services/terminate", "/staff/customer"})
    void rejectsFormSentAfterExpiryAndRestoresOwnSession(String path) throws Exception {
        acting = Optional.empty();
        heads.put("Sec-Fetch-Mode", "navigate");
        assertThat(ask("POST", path)).isEqualTo(AuthenticationStatus.SEND_CONTINUE);
        assertThat(answers)
                .containsExactly(
                        "session ends",
                        "session begins",
                        "another id",
                        "head Cache-Control no-store",
                        "status 302",
                        "head Location /staff/impersonate?organization=" + BAKERY + "&over=true");
        assertThat(kept).isEqualTo(Map.of(SessionReference.ATTRIBUTE, OWN));
        assertThat(Actors.current()).isEmpty();
    }

    @Test
    void redirectsAjaxRequestSentAfterExpiry() throws Exception {
        acting = Optional.empty();
        heads.put("Sec-Fetch-Mode", "cors");
        heads.put("Faces-Request", "partial/ajax");
        assertThat(ask("POST", "/portal/order")).isEqualTo(AuthenticationStatus.SEND_CONTINUE);
        assertThat(written.toString())
                .contains("<redirect url=\"/staff/impersonate?organization=" + BAKERY + "&amp;over=true\"/>");
        assertThat(kept).isEqualTo(Map.of(SessionReference.ATTRIBUTE, OWN));
    }

    @Test
    void backgroundRequestAfterExpiryChangesNoSession() throws Exception {
        acting = Optional.empty();
        heads.put("Sec-Fetch-Mode", "cors");
        assertThat(ask("GET", "/portal/inbox")).isEqualTo(AuthenticationStatus.SEND_CONTINUE);
        assertThat(answers).containsExactly("status 401", "head Cache-Control no-store");
        assertThat(kept).containsEntry(SessionReference.ATTRIBUTE, ACTING).containsKey("view");
    }

    @Test
    void actsAsStaffOutsideSurfacesAfterExpiry() throws Exception {
        acting = Optional.empty();
        assertThat(ask("POST", SignOutServlet.PATH)).isEqualTo(AuthenticationStatus.SUCCESS);
        assertThat(Actors.require()).isEqualTo(ANNA.actor());
    }

    @Test
    void endsBothSessionsTogether() throws Exception {
        acting = Optional.empty();
        person = Optional.empty();
        assertThat(ask("GET", "/portal/services")).isEqualTo(AuthenticationStatus.SEND_CONTINUE);
        assertThat(answers)
                .containsExactly(
                        "session ends",
                        "head Cache-Control no-store",
                        "status 302",
                        "head Location /sign-in?return=%2Fportal%2Fservices");
        assertThat(kept).isNull();
    }

    @Test
    void rejectsSessionOfOtherReseller() throws Exception {
        Tenancy.enter(Scope.of(new TenantId("borealis")));
        assertThat(ask("GET", "/portal/services")).isEqualTo(AuthenticationStatus.SEND_CONTINUE);
        assertThat(answers)
                .containsExactly(
                        "session ends",
                        "head Cache-Control no-store",
                        "status 302",
                        "head Location /sign-in?return=%2Fportal%2Fservices");
    }

    private AuthenticationStatus ask(String method, String path) throws Exception {
        return mechanism.validateRequest(request(method, path), response(), context());
    }

    private HttpServletRequest request(String verb, String path) {
        return proxy(HttpServletRequest.class, (proxy, method, given) -> switch (method.getName()) {
            case "getServletPath", "getRequestURI" -> path;
            case "getMethod" -> verb;
            case "getPathInfo", "getQueryString", "getRequestedSessionId" -> null;
            case "getHeader" -> heads.get((String) given[0]);
            case "getAttribute" -> noted.get((String) given[0]);
            case "setAttribute" -> noted.put((String) given[0], given[1]);
            case "changeSessionId" -> {
                answers.add("another id");
                yield "fresh";
            }
            case "getSession" -> {
                if (kept == null && (given == null || given[0].equals(true))) {
                    answers.add("session begins");
                    kept = new HashMap<>();
                }
                yield kept == null ? null : session(kept);
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private HttpSession session(Map<String, Object> things) {
        return proxy(HttpSession.class, (proxy, method, given) -> {
            switch (method.getName()) {
                case "getAttribute" -> {
                    return things.get((String) given[0]);
                }
                case "getId" -> {
                    return "a session";
                }
                case "setAttribute" -> things.put((String) given[0], given[1]);
                case "setMaxInactiveInterval" -> assertThat(given[0]).isEqualTo(7200);
                case "invalidate" -> {
                    answers.add("session ends");
                    kept = null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        });
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (proxy, method, given) -> {
            switch (method.getName()) {
                case "sendError" -> answers.add("error " + given[0]);
                case "setStatus" -> answers.add("status " + given[0]);
                case "setHeader" -> answers.add("head " + given[0] + " " + given[1]);
                case "setContentType", "setCharacterEncoding" -> written.append("");
                case "getWriter" -> {
                    return new PrintWriter(written, true);
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        });
    }

    private HttpMessageContext context() {
        return proxy(HttpMessageContext.class, (proxy, method, given) -> switch (method.getName()) {
            case "getAuthParameters" -> new AuthenticationParameters();
            case "isAuthenticationRequest" -> false;
            case "doNothing" -> AuthenticationStatus.NOT_DONE;
            case "notifyContainerAboutLogin" -> {
                answers.add("known "
                        + String.join(
                                ",",
                                ((Set<?>) given[1])
                                        .stream().map(String::valueOf).toList()));
                yield AuthenticationStatus.SUCCESS;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> kind, InvocationHandler answers) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, answers));
    }
}
