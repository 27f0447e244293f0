package io.tenantry.kernel.http;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.UnsupportedSchemeException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to external servers. Nothing is retried and no redirect is followed here; the caller knows what may be sent twice. Connections
 * are kept for some seconds and shared by all threads. A server that answers slowly or without end is left: header section, body and the time
 * of a whole exchange are bounded, and each tenant has its share of the connections. The platform has one as well, for calls that belong to no
 * tenant, such as those for exchange rates. One thread ends the exchanges whose time is over.
 */
public final class HttpGateway implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpGateway.class.getName());
    private static final int BODY_MAX_BYTES = 8 * 1024 * 1024;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int HEADER_LINE_MAX = 8 * 1024;
    private static final int HEADERS_MAX = 100;
    private static final int CONNECTIONS_MAX = 128;
    private static final int CONNECTIONS_EACH_MAX = 32;

    /** The connections that one tenant may use at the same time. */
    static final int TENANT_SHARE = 8;

    /**
     * Timeouts.
     *
     * @param connect for a connection, and for the tenant's share of them
     * @param silence between two pieces of a response
     * @param whole for a whole exchange, from the connection to the end of the response
     */
    public record Timeouts(Duration connect, Duration silence, Duration whole) {
        /** For interactive calls and background work alike. */
        public static final Timeouts USUAL =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    private final CloseableHttpClient client;
    private final Timeouts timeouts;
    private final Map<String, Semaphore> shares = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor scheduler = scheduler();

    /** Creates a gateway to the addresses that the policy allows. */
    public HttpGateway(AddressPolicy policy, Timeouts timeouts) {
        this.timeouts = timeouts;
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new AllowedAddress(policy))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(HEADER_LINE_MAX)
                                .setMaxHeaderCount(HEADERS_MAX)
                                .build())
                        .build())
                .setMaxConnTotal(CONNECTIONS_MAX)
                .setMaxConnPerRoute(CONNECTIONS_EACH_MAX)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(timeouts.connect()))
                        .setSocketTimeout(timeout(timeouts.silence()))
                        .setTimeToLive(30, TimeUnit.SECONDS)
                        .setValidateAfterInactivity(Timeout.ofSeconds(1))
                        .build())
                .build();
        client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(timeouts.connect()))
                        .setResponseTimeout(timeout(timeouts.silence()))
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Tenantry")
                .build();
    }

    /**
     * Sends a request and waits for its response, of any status.
     *
     * @throws HttpFailure without a response; it knows whether the request may have been read
     * @throws IllegalStateException unless the scope of a tenant or of the platform is entered
     */
    public HttpAnswer send(HttpCall httpCall) {
        var request = new HttpUriRequestBase(httpCall.method(), httpCall.uri());
        httpCall.headers().forEach(request::addHeader);
        httpCall.body()
                .ifPresent(
                        body -> request.setEntity(new ByteArrayEntity(body.content(), ContentType.parse(body.type()))));
        var share = shares.computeIfAbsent(owner(), label -> new Semaphore(TENANT_SHARE));
        acquire(share, httpCall);
        var isOver = new AtomicBoolean();
        var end = scheduler.schedule(
                () -> {
                    isOver.set(true);
                    request.abort();
                },
                timeouts.whole().toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            return client.execute(request, response -> answer(request, response));
        } catch (UnknownHostException unresolved) {
            throw unresolved(httpCall, unresolved);
        } catch (ConnectException
                | ConnectTimeoutException
                | ConnectionRequestTimeoutException
                | UnsupportedSchemeException unsent) {
            throw new HttpFailure("cannot reach " + where(httpCall) + ": " + why(unsent), false, unsent);
        } catch (IOException broken) {
            var why = isOver.get() ? "an answer that takes more than " + timeouts.whole() : why(broken);
            throw new HttpFailure("no answer from " + where(httpCall) + ": " + why, true, broken);
        } finally {
            end.cancel(false);
            share.release();
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }

    /** No other share: callers without a tenant would all have the same one, and the slow server of one tenant would stop all others. */
    private static String owner() {
        var scope = Tenancy.scope();
        if (scope.tenant().isEmpty() && !scope.equals(Scope.PLATFORM)) {
            throw new IllegalStateException("a call belongs to a tenant or to the platform, not to " + scope.label());
        }
        return scope.label();
    }

    private void acquire(Semaphore share, HttpCall httpCall) {
        try {
            if (!share.tryAcquire(timeouts.connect().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new HttpFailure(
                        "cannot reach " + where(httpCall) + ": all connections of this tenant are in use", false);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new HttpFailure("cannot reach " + where(httpCall) + ": interrupted", false, interruption);
        }
    }

    private static ScheduledThreadPoolExecutor scheduler() {
        var scheduler = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "http-timekeeper");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private HttpAnswer answer(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        var headers = new HashMap<String, String>();
        for (var header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return new HttpAnswer(response.getCode(), headers, body(request, response));
    }

    /** Reads the body within bounds; beyond them the connection is aborted, since a graceful close would continue reading. */
    private byte[] body(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        var whole = new ByteArrayOutputStream();
        var buffer = new byte[BUFFER_BYTES];
        try (var in = entity.getContent()) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                whole.write(buffer, 0, n);
                if (whole.size() > BODY_MAX_BYTES) {
                    request.abort();
                    throw new IOException("an answer of more than " + BODY_MAX_BYTES + " bytes");
                }
            }
        }
        return whole.toByteArray();
    }

    /** One message for unknown and refused names, since a reseller's staff read it: the names of the internal network are not theirs to know. */
    private static HttpFailure unresolved(HttpCall httpCall, UnknownHostException failure) {
        LOG.log(System.Logger.Level.INFO, "cannot reach {0}: {1}", where(httpCall), why(failure));
        return new HttpFailure(where(httpCall) + " cannot be reached or is not allowed", false, failure);
    }

    private static String where(HttpCall httpCall) {
        return httpCall.uri().getHost()
                + (httpCall.uri().getPort() < 0 ? "" : ":" + httpCall.uri().getPort());
    }

    private static String why(IOException failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration);
    }

    /** Resolves names once, and returns only the addresses to which connections are allowed. */
    private record AllowedAddress(AddressPolicy policy) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var allowed = Arrays.stream(SystemDefaultDnsResolver.INSTANCE.resolve(host))
                    .filter(policy::allows)
                    .toArray(InetAddress[]::new);
            if (allowed.length == 0) {
                throw new UnknownHostException(host + " has no address to which connections are allowed");
            }
            return allowed;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
