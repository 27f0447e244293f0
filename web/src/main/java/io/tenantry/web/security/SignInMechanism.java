package io.tenantry.web.security;

import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.people.identity.CurrentApiKey;
import io.tenantry.people.identity.RequestPermissionCache;
import io.tenantry.people.identity.SignInOutcome;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.web.http.HttpSessions;
import io.tenantry.web.problem.Incident;
import io.tenantry.web.problem.Problem;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The authentication mechanism for every request: by the session of a browser, looked up in the database, or by the API key of a program. It
 * restricts people to their surface; the use cases check the permissions there in the database.
 */
@ApplicationScoped
public class SignInMechanism implements HttpAuthenticationMechanism {
    private static final Logger LOG = System.getLogger(SignInMechanism.class.getName());
    /** The API's description is accessible to all. */
    private static final String API_DESCRIPTION = "/api/v1/openapi.json";

    /** The methods of read-only requests. */
    private static final Set<String> LOOKS = Set.of("GET", "HEAD");

    private static final String BEARER = "Bearer ";
    private static final int TOO_MANY = 429;

    @Inject
    IdentityStoreHandler stores;

    @Inject
    SessionCache sessions;

    @Inject
    SignedInSessions signedIn;

    @Inject
    ApiKeys keys;

    @Inject
    RateLimits limits;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        if (Tenancy.current().isEmpty()) {
            return context.doNothing(); // An unknown host; the response needs no authentication.
        }
        try {
            var credential = context.getAuthParameters().getCredential();
            if (context.isAuthenticationRequest() && credential != null) {
                return signIn(request, context, stores.validate(credential));
            }
            var area = Area.of(RequestAttributes.path(request));
            if (!area.existsOn(Tenancy.scope().equals(Scope.PLATFORM))) {
                // The error page addresses a signed-in person.
                token(request.getSession(false))
                        .flatMap(this::person)
                        .ifPresent(person -> RequestAttributes.person(request, person));
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return AuthenticationStatus.SEND_CONTINUE;
            }
            return area == Area.API ? byKey(request, response, context) : bySession(request, response, context, area);
        } catch (IOException failure) {
            throw new AuthenticationException(failure);
        }
    }

    private AuthenticationStatus signIn(
            HttpServletRequest request, HttpMessageContext context, CredentialValidationResult result) {
        var outcome = request.getAttribute(PersonIdentityStore.OUTCOME);
        if (result.getStatus() != CredentialValidationResult.Status.VALID
                || !(outcome instanceof SignInOutcome.Authenticated authenticated)) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        var session = request.getSession();
        request.changeSessionId(); // Prevents session fixation: an id planted before is useless.
        session.setMaxInactiveInterval((int) SessionRotation.IDLE_MAX.toSeconds());
        session.setAttribute(
                SessionReference.ATTRIBUTE, new SessionReference(Tenancy.scope().label(), authenticated.sessionId()));
        var status = known(request, context, authenticated.person());
        signedIn.add(authenticated.person(), session);
        return status;
    }

    private AuthenticationStatus bySession(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context, Area area)
            throws IOException {
        var session = remaining(request);
        var token = token(session);
        var person = token.flatMap(this::person);
        if (person.isEmpty() && token.isPresent() && token.get().acting() != null) {
            person = sessions.find(token.get().sessionId());
            if (person.isPresent() && area.asksForSignIn()) {
                return actingIsOver(request, response, token.get());
            }
        }
        if (person.isEmpty()) {
            if (session != null && token.isPresent()) {
                HttpSessions.end(session); // The state of its pages ends with it.
            }
            if (!area.asksForSignIn()) {
                return context.doNothing();
            }
            return toSignIn(request, response);
        }
        var isActing = person.get().impersonation() != null;
        if (!area.admits(person.get().kind()) || (isActing && SelfOnlyPages.has(RequestAttributes.path(request)))) {
            LOG.log(Level.INFO, "refused: person={0} surface={1}", person.get().personId(), area);
            RequestAttributes.person(
                    request,
                    person.get()); // The error page addresses this person; during impersonation, it offers the way to
            // end it.
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return AuthenticationStatus.SEND_FAILURE;
        }
        if (area.asksForSignIn()) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (LOOKS.contains(request.getMethod())) {
            RequestPermissionCache.begin(); // Ended by TenantListener.
        } else {
            RequestPermissionCache.end();
        }
        return known(request, context, person.get());
    }

    /** Returns the browser's session, unless it must end because there are too many: its next request ends it. */
    private @Nullable HttpSession remaining(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null || !signedIn.isSurplus(session.getId())) {
            return session;
        }
        HttpSessions.end(session);
        return null;
    }

    private AuthenticationStatus byKey(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) throws IOException {
        var wait = limits.ofAddress(request.getRemoteAddr());
        if (wait.isPresent()) {
            tooMany(request, response, wait.get());
            return AuthenticationStatus.SEND_CONTINUE;
        }
        var text = keyText(request);
        var bearer = text.flatMap(keys::authenticate);
        if (bearer.isPresent()) {
            wait = limits.ofKey(bearer.get().key(), Tenancy.scope().label());
            if (wait.isPresent()) {
                tooMany(request, response, wait.get());
                return AuthenticationStatus.SEND_CONTINUE;
            }
            CurrentApiKey.enter(bearer.get().key());
            return known(request, context, bearer.get().person());
        }
        if (RequestAttributes.path(request).equals(API_DESCRIPTION)) {
            return context.doNothing();
        }
        if (text.isPresent()) {
            LOG.log(Level.INFO, "refused: invalid API key from {0}", request.getRemoteAddr());
        }
        unauthorized(response);
        return AuthenticationStatus
                .SEND_CONTINUE; // The response is complete; a failure would be replaced by the container's page.
    }

    private AuthenticationStatus known(
            HttpServletRequest request, HttpMessageContext context, AuthenticatedPerson person) {
        RequestAttributes.person(request, person);
        Actors.enter(person.actor()); // Ended by TenantListener, regardless of the request's outcome.
        MDC.put("person", person.personId());
        return context.notifyContainerAboutLogin(
                new PersonPrincipal(person), Set.of(person.kind().name()));
    }

    /** Returns the reference in the session; a session of another scope is ended. */
    private static Optional<SessionReference> token(@Nullable HttpSession session) {
        var brought = HttpSessions.kept(session, SessionReference.ATTRIBUTE, SessionReference.class);
        if (session == null || brought.isEmpty()) {
            return Optional.empty();
        }
        if (!brought.get().scope().equals(Tenancy.scope().label())) {
            LOG.log(
                    Level.WARNING,
                    "a session of {0} was used at {1}: ended",
                    brought.get().scope(),
                    Tenancy.scope().label());
            HttpSessions.end(session);
            return Optional.empty();
        }
        return brought;
    }

    private Optional<AuthenticatedPerson> person(SessionReference token) {
        var acting = token.acting();
        return acting == null
                ? sessions.find(token.sessionId())
                : sessions.findActing(token.sessionId(), acting.organizationId(), acting.id());
    }

    /**
     * Handles an impersonation that expired while a page was open. Nothing of the submission is processed, neither for the customer nor as the
     * person; the browser continues as the person. A background request of a page does not make that change unnoticed.
     */
    private AuthenticationStatus actingIsOver(
            HttpServletRequest request, HttpServletResponse response, SessionReference token) throws IOException {
        var acting = Objects.requireNonNull(token.acting());
        var mode = request.getHeader("Sec-Fetch-Mode");
        if (mode != null && !mode.equals("navigate") && !isOfFaces(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("Cache-Control", "no-store");
        } else {
            signedIn.rotate(request, token.withoutImpersonation());
            go(request, response, "/staff/impersonate?organization=" + acting.organizationId() + "&over=true");
        }
        return AuthenticationStatus.SEND_CONTINUE;
    }

    private AuthenticationStatus toSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // The requested address, not the page that it was mapped to; a POST is not repeated after sign-in, but leads
        // back to the page that sent
        // it.
        var query = request.getMethod().equals("GET") ? request.getQueryString() : ReturnPath.queryOfReferer(request);
        var returnPath = request.getRequestURI() + (query == null ? "" : "?" + query);
        var isSurplus = signedIn.isSurplus(request.getRequestedSessionId());
        go(request, response, isSurplus ? ReturnPath.signInAgain(returnPath) : ReturnPath.signIn(returnPath));
        return AuthenticationStatus.SEND_CONTINUE;
    }

    private static boolean isOfFaces(HttpServletRequest request) {
        return "partial/ajax".equals(request.getHeader("Faces-Request"));
    }

    private static void go(HttpServletRequest request, HttpServletResponse response, String target) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        if (isOfFaces(request)) {
            response.setContentType("text/xml");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getWriter()
                    .write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                            + target.replace("&", "&amp;") + "\"/></partial-response>");
        } else {
            // A relative address: the container would repeat the host and port that the client sent.
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", target);
            response.getWriter().close(); // The container would replace an incomplete response with its own.
        }
    }

    private static Optional<String> keyText(HttpServletRequest request) {
        var authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return Optional.of(
                    authorization.startsWith(BEARER)
                            ? authorization.substring(BEARER.length()).strip()
                            : "");
        }
        return Optional.ofNullable(request.getHeader("X-API-Key"));
    }

    private static void tooMany(HttpServletRequest request, HttpServletResponse response, Duration wait)
            throws IOException {
        response.setHeader("Retry-After", String.valueOf(wait.toSeconds() + 1));
        problem(
                response,
                TOO_MANY,
                "{\"type\":\"" + ProblemType.RATE_LIMITED.type() + "\",\"title\":\"Too many requests\",\"status\":429,"
                        + "\"detail\":\"come back after the seconds in Retry-After\",\"instance\":\""
                        + Problem.instance(Incident.idOf(request)) + "\",\"code\":\"rate_limited\"}");
    }

    private static void unauthorized(HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        problem(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"send a valid API key as Authorization: Bearer tnk_...\",\"code\":\"unauthorized\"}");
    }

    /** Completes the response: the container replaces an incomplete response after a rejection with its own page. */
    private static void problem(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try (var writer = response.getWriter()) {
            writer.write(json);
        }
    }
}
