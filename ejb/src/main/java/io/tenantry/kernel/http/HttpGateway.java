package io.tenantry.kernel.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.UnsupportedSchemeException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to external servers. Nothing is retried and no redirect is followed here; the caller knows what may be sent twice. Connections
 * are kept for some seconds and shared by all threads; no thread is started.
 */
public final class HttpGateway implements AutoCloseable {
    private static final int BODY_MAX_BYTES = 8 * 1024 * 1024;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int CONNECTIONS_MAX = 64;
    private static final int CONNECTIONS_EACH_MAX = 16;

    /**
     * Timeouts.
     *
     * @param connect for a connection
     * @param silence between two pieces of a response
     * @param whole for a whole response body
     */
    public record Waits(Duration connect, Duration silence, Duration whole) {
        /** For interactive calls and background work alike. */
        public static final Waits USUAL =
                new Waits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    private final CloseableHttpClient client;
    private final Waits waits;

    /** Creates a gateway to the addresses that the policy allows. */
    public HttpGateway(AddressPolicy policy, Waits waits) {
        this.waits = waits;
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new AllowedAddress(policy))
                .setMaxConnTotal(CONNECTIONS_MAX)
                .setMaxConnPerRoute(CONNECTIONS_EACH_MAX)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(waits.connect()))
                        .setSocketTimeout(timeout(waits.silence()))
                        .setTimeToLive(30, TimeUnit.SECONDS)
                        .setValidateAfterInactivity(Timeout.ofSeconds(1))
                        .build())
                .build();
        client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(waits.connect()))
                        .setResponseTimeout(timeout(waits.silence()))
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
     */
    public HttpAnswer send(HttpCall httpCall) {
        var request = new HttpUriRequestBase(httpCall.method(), httpCall.uri());
        httpCall.headers().forEach(request::addHeader);
        httpCall.body()
                .ifPresent(
                        body -> request.setEntity(new ByteArrayEntity(body.content(), ContentType.parse(body.type()))));
        try {
            return client.execute(request, response -> answer(request, response));
        } catch (ConnectException
                | UnknownHostException
                | ConnectTimeoutException
                | UnsupportedSchemeException unsent) {
            throw new HttpFailure("cannot reach " + where(httpCall) + ": " + why(unsent), false, unsent);
        } catch (IOException broken) {
            throw new HttpFailure("no answer from " + where(httpCall) + ": " + why(broken), true, broken);
        }
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
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
        var deadline = System.nanoTime() + waits.whole().toNanos();
        var whole = new ByteArrayOutputStream();
        var buffer = new byte[BUFFER_BYTES];
        try (var in = entity.getContent()) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                whole.write(buffer, 0, n);
                if (whole.size() > BODY_MAX_BYTES) {
                    request.abort();
                    throw new IOException("an answer of more than " + BODY_MAX_BYTES + " bytes");
                }
                if (System.nanoTime() - deadline > 0) {
                    request.abort();
                    throw new IOException("an answer that takes more than " + waits.whole());
                }
            }
        }
        return whole.toByteArray();
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
