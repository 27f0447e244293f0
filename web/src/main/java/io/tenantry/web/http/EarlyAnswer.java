package io.tenantry.web.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/**
 * A handler that rejects a request without a worker, mostly while its body is still arriving: so there is no page. The headers that protect pages are
 * added by the server (install.cli).
 */
enum EarlyAnswer implements HttpHandler {
    TOO_MANY_COOKIES(
            StatusCodes.BAD_REQUEST,
            "the request has too many cookies; delete the cookies of this site",
            "Die Anfrage enthält zu viele Cookies. Bitte löschen Sie die Cookies dieser Website."),
    LATE(
            StatusCodes.REQUEST_TIME_OUT,
            "the request's body was not there in time",
            "Ihre Anfrage kam nicht rechtzeitig vollständig an."),
    TOO_MANY_OF_ADDRESS(
            StatusCodes.TOO_MANY_REQUESTS,
            "too many requests of this network address are still being sent; try again after the seconds in Retry-After",
            "Von Ihrer Netzwerkadresse werden gerade zu viele Anfragen gesendet. Bitte versuchen Sie es gleich noch einmal."),
    TOO_MANY(
            StatusCodes.SERVICE_UNAVAILABLE,
            "too many requests are still being sent; try again after the seconds in Retry-After",
            "Es werden gerade zu viele Anfragen gesendet. Bitte versuchen Sie es gleich noch einmal."),
    BUSY(
            StatusCodes.SERVICE_UNAVAILABLE,
            "too many requests to this site are being processed; try again after the seconds in Retry-After",
            "Diese Website bearbeitet gerade zu viele Anfragen. Bitte versuchen Sie es gleich noch einmal.");

    private static final String RETRY_SECONDS = "10";

    /** A client that is still sending can read the response; closing immediately would reset the connection. */
    private static final int LINGER_SECONDS = 2;

    private final int status;
    private final String detail;
    private final String german;

    EarlyAnswer(int status, String detail, String german) {
        this.status = status;
        this.detail = detail;
        this.german = german;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        var connection = exchange.getConnection();
        var isStillSending = this != BUSY || !exchange.isRequestComplete();
        exchange.setStatusCode(status);
        var headers = exchange.getResponseHeaders();
        headers.put(Headers.CACHE_CONTROL, "no-store");
        if (status != StatusCodes.REQUEST_TIME_OUT && status != StatusCodes.BAD_REQUEST) {
            headers.put(Headers.RETRY_AFTER, RETRY_SECONDS);
        }
        var isApi = exchange.getRequestPath().startsWith("/api/");
        headers.put(Headers.CONTENT_TYPE, isApi ? "application/problem+json" : "text/plain; charset=utf-8");
        if (isStillSending) {
            exchange.setPersistent(false);
            connection
                    .getIoThread()
                    .executeAfter(() -> IoUtils.safeClose(connection), LINGER_SECONDS, TimeUnit.SECONDS);
        }
        exchange.getResponseSender().send(isApi ? problem() : text(), StandardCharsets.UTF_8);
    }

    private String problem() {
        return "{\"type\":\"about:blank\",\"title\":\"" + StatusCodes.getReason(status) + "\",\"status\":" + status
                + ",\"detail\":\"" + detail + "\"}";
    }

    private String text() {
        return Character.toUpperCase(detail.charAt(0)) + detail.substring(1) + ".\n" + german + "\n";
    }
}
