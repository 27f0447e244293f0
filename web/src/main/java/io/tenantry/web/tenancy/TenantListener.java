package io.tenantry.web.tenancy;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.people.identity.CurrentApiKey;
import io.tenantry.people.identity.RequestPermissionCache;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.http.Health;
import io.tenantry.web.http.HttpSessions;
import io.tenantry.web.problem.Incident;
import jakarta.inject.Inject;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jboss.logging.MDC;

/**
 * A listener that enters the tenant of a request's host, before all else: the identity is checked before any filter runs. A host must match
 * exactly; only {@code Host} counts, never a forwarded name. It leaves the tenant at the end, regardless of the outcome.
 *
 * <p>A session belongs to the scope in which it was created. If it is used on another host it is ended, and the request continues without a
 * person.
 */
@WebListener
public class TenantListener implements ServletRequestListener, HttpSessionListener {
    private static final Logger LOG = System.getLogger(TenantListener.class.getName());
    private static final String SESSION_SCOPE = "tenantry.scope";

    @Inject
    TenantDirectory directory;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        var request = (HttpServletRequest) event.getServletRequest();
        refuseUncleanThread();
        MDC.put("request", Incident.begin(request));
        RequestOrigin.enter(new RequestOrigin(request.getRemoteAddr(), Incident.idOf(request)));
        var hostResolution = arrival(request);
        request.setAttribute(HostResolution.class.getName(), hostResolution);
        if (hostResolution instanceof HostResolution.TenantHost open) {
            enter(request, Scope.of(open.tenant().id()));
        } else if (hostResolution instanceof HostResolution.Closed closed) {
            enter(request, Scope.of(closed.tenant().id()));
        } else if (hostResolution instanceof HostResolution.Platform) {
            enter(request, Scope.PLATFORM);
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        forget();
    }

    private static void forget() {
        Tenancy.clear();
        Actors.clear();
        RequestPermissionCache.end();
        CurrentApiKey.clear();
        RequestOrigin.clear();
        MDC.remove("tenant");
        MDC.remove("person");
        MDC.remove("request");
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        Tenancy.current().ifPresent(scope -> event.getSession().setAttribute(SESSION_SCOPE, scope.label()));
    }

    private HostResolution arrival(HttpServletRequest request) {
        if (request.getRequestURI().equals(Health.PATH)) {
            return new HostResolution.AnyHost();
        }
        if (!readiness.isReady()) {
            return new HostResolution.Unavailable();
        }
        var host = HostResolution.host(request.getServerName());
        if (host.equals(settings.platformHost())) {
            return new HostResolution.Platform();
        }
        try {
            return directory.byHost(host).map(TenantListener::at).orElseGet(HostResolution.Misdirected::new);
        } catch (SqlFailure failure) {
            DatabaseUnavailable.report(LOG, "directory of tenants not readable", failure);
            return new HostResolution.Unavailable();
        }
    }

    private static HostResolution at(Tenant tenant) {
        return switch (tenant.state()) {
            case ACTIVE -> new HostResolution.TenantHost(tenant);
            case MOVING -> new HostResolution.Unavailable(); // Its schema is locked: not even its brand may be read.
            case CREATING, SUSPENDED, MAINTENANCE -> new HostResolution.Closed(tenant);
            case DELETING, DELETED -> new HostResolution.Misdirected();
        };
    }

    private static void enter(HttpServletRequest request, Scope scope) {
        Tenancy.enter(scope);
        MDC.put("tenant", scope.label());
        var session = request.getSession(false);
        if (session == null) {
            return;
        }
        var madeFor = HttpSessions.kept(session, SESSION_SCOPE);
        if (!madeFor.equals(Optional.of(scope.label()))) {
            madeFor.ifPresent(other -> LOG.log(
                    Level.WARNING,
                    "session refused made_for={0} brought_to={1} address={2}",
                    other,
                    scope.label(),
                    request.getRemoteAddr()));
            HttpSessions.end(session); // Including a session that another request has just ended: its scope is unknown.
        }
    }

    /** Rejects a request on a thread with a leftover context, and clears it: no response is better than another tenant's data. */
    private static void refuseUncleanThread() {
        var scope = Tenancy.current();
        var actor = Actors.current();
        if (scope.isPresent() || actor.isPresent()) {
            forget();
            throw new IllegalStateException("request starts on a thread that is still in "
                    + scope.map(Scope::label).orElse("no tenant") + " as "
                    + actor.map(it -> it.kind().name()).orElse("nobody"));
        }
    }
}
