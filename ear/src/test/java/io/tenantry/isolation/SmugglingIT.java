package io.tenantry.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Results;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests that a proxy in front might parse differently (request smuggling): anything ambiguous is refused and the connection closed, so that
 * nothing after it is parsed as a request. This applies to all chunked bodies: browsers and common proxies send a length. Unusual but
 * unambiguous requests are read as RFC 9112 requires.
 */
@RunAsClient
@Tag("full")
class SmugglingIT extends Deployments {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int CALLERS = 8;

    /** A response to this request proves smuggling. */
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: platform.localhost\r\n\r\n";

    private static final String POST = "POST /sign-in HTTP/1.1\r\nHost: platform.localhost\r\n";
    private static final String GET = "GET /sign-in HTTP/1.1\r\n";
    private static final String END = "0\r\n\r\n";

    private enum Expected {
        /** 4xx, 501 or no response; the connection is closed and nothing else answered. */
        REFUSED,
        /** One response of any status: what follows is its body. */
        ONE,
        /** Two separate requests. */
        TWO
    }

    private record Case(String name, Expected expected, String bytes) {}

    private static List<Case> cases() {
        var cases = new ArrayList<Case>();
        lengths(cases);
        codings(cases);
        chunks(cases);
        lines(cases);
        hosts(cases);
        return cases;
    }

    private static void lengths(List<Case> cases) {
        refused(cases, "two lengths", POST + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + SMUGGLED);
        refused(cases, "two lengths in one line", POST + "Content-Length: 0, 44\r\n\r\n" + SMUGGLED);
        refused(cases, "a length with a sign", POST + "Content-Length: +0\r\n\r\n" + SMUGGLED);
        refused(cases, "a negative length", POST + "Content-Length: -1\r\n\r\n" + SMUGGLED);
        refused(cases, "a hexadecimal length", POST + "Content-Length: 0x0\r\n\r\n" + SMUGGLED);
        refused(cases, "a length of two numbers", POST + "Content-Length: 0 44\r\n\r\n" + SMUGGLED);
        refused(cases, "no number for a length", POST + "Content-Length: \r\n\r\n" + SMUGGLED);
        refused(cases, "a length beyond all numbers", POST + "Content-Length: 18446744073709551616\r\n\r\n" + SMUGGLED);
        refused(cases, "a space before the colon of the length", POST + "Content-Length : 44\r\n\r\n" + SMUGGLED);
        refused(cases, "a tab before the colon of the length", POST + "Content-Length\t: 44\r\n\r\n" + SMUGGLED);
        add(
                cases,
                "a length folded over two lines, which is one line",
                Expected.ONE,
                POST + "Content-Length:\r\n " + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED);
        refused(cases, "a length with a vertical tab", POST + "Content-Length: \u000b44\r\n\r\n" + SMUGGLED);
        add(
                cases,
                "a body with GET",
                Expected.ONE,
                GET + "Host: platform.localhost\r\nContent-Length: " + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED);
        add(
                cases,
                "a length with blanks around",
                Expected.ONE,
                POST + "Content-Length: \t" + SMUGGLED.length() + " \r\n\r\n" + SMUGGLED);
        add(cases, "one request after the other", Expected.TWO, GET + "Host: platform.localhost\r\n\r\n" + SMUGGLED);
    }

    private static void codings(List<Case> cases) {
        var both = "Content-Length: 5\r\n";
        refused(cases, "length and chunks", POST + both + "Transfer-Encoding: chunked\r\n\r\n" + END + SMUGGLED);
        refused(cases, "chunks and length", POST + "Transfer-Encoding: chunked\r\n" + both + "\r\n" + END + SMUGGLED);
        for (var coding : List.of(
                "xchunked",
                "chunked, identity",
                "identity, chunked, identity",
                "chunked, chunked",
                "\"chunked\"",
                "chunked\u000b",
                "\u000bchunked",
                "chunked;q=1",
                "chunk",
                "")) {
            refused(
                    cases,
                    "the coding <" + coding + ">",
                    POST + "Transfer-Encoding: " + coding + "\r\n\r\n" + END + SMUGGLED);
        }
        refused(
                cases,
                "two codings",
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + END + SMUGGLED);
        refused(
                cases,
                "a space before the colon of the coding",
                POST + "Transfer-Encoding : chunked\r\n\r\n" + END + SMUGGLED);
        refused(
                cases,
                "a coding folded over two lines",
                POST + "Transfer-Encoding:\r\n chunked\r\n\r\n" + END + SMUGGLED);
        refused(
                cases,
                "chunks in HTTP/1.0",
                "POST /sign-in HTTP/1.0\r\nHost: platform.localhost\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + END + SMUGGLED);
        refused(cases, "a coding in capitals", POST + "Transfer-Encoding: CHUNKED\r\n\r\n" + END + SMUGGLED);
    }

    private static void chunks(List<Case> cases) {
        var chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";
        refused(cases, "chunks", chunked + END + SMUGGLED);
        refused(cases, "a chunk with 0x", chunked + "0x0\r\n\r\n" + SMUGGLED);
        refused(cases, "a chunk with a sign", chunked + "+0\r\n\r\n" + SMUGGLED);
        refused(cases, "a negative chunk", chunked + "-1\r\n\r\n" + SMUGGLED);
        refused(cases, "a chunk without a size", chunked + "\r\n\r\n" + SMUGGLED);
        refused(cases, "a chunk beyond all numbers", chunked + "10000000000000000\r\n\r\n" + SMUGGLED);
        refused(cases, "a chunk longer than its size", chunked + "1\r\nabc\r\n" + END + SMUGGLED);
        refused(cases, "a chunk with a space in its size", chunked + "1 1\r\na\r\n" + END + SMUGGLED);
        refused(cases, "a chunk's size ended by a bare line feed", chunked + "1\na\r\n" + END + SMUGGLED);
        refused(cases, "a chunk's size ended by a bare carriage return", chunked + "1\ra\r\n" + END + SMUGGLED);
        refused(cases, "an extension with a bare line feed", chunked + "1;a\nb\r\nc\r\n" + END + SMUGGLED);
        refused(cases, "a chunk with an extension", chunked + "1;a=b\r\nc\r\n" + END + SMUGGLED);
        refused(cases, "a trailer with a length", chunked + "0\r\nContent-Length: 44\r\n\r\n" + SMUGGLED);
    }

    private static void lines(List<Case> cases) {
        var host = "Host: platform.localhost\r\n";
        refused(cases, "a first line that begins with a space", GET + " X: 1\r\n" + host + "\r\n" + SMUGGLED);
        add(
                cases,
                "a folded line, which is one line",
                Expected.TWO,
                GET + host + "X: 1\r\n Content-Length: 44\r\n\r\n" + SMUGGLED);
        refused(cases, "a space in a name", GET + host + "X Y: 1\r\n\r\n" + SMUGGLED);
        refused(cases, "a line without a colon", GET + host + "X\r\n\r\n" + SMUGGLED);
        refused(cases, "an empty name", GET + host + ": 1\r\n\r\n" + SMUGGLED);
        refused(cases, "a zero byte in a value", GET + host + "X: a\0b\r\n\r\n" + SMUGGLED);
        refused(cases, "a bare carriage return in a value", GET + host + "X: a\rContent-Length: 44\r\n\r\n" + SMUGGLED);
        refused(cases, "bare line feeds", "GET /sign-in HTTP/1.1\nHost: platform.localhost\n\n" + SMUGGLED);
        refused(cases, "a protocol in small letters", "GET /sign-in http/1.1\r\n" + host + "\r\n" + SMUGGLED);
        refused(cases, "two blanks after the method", "GET  /sign-in HTTP/1.1\r\n" + host + "\r\n" + SMUGGLED);
        refused(cases, "a tab after the method", "GET\t/sign-in HTTP/1.1\r\n" + host + "\r\n" + SMUGGLED);
    }

    private static void hosts(List<Case> cases) {
        refused(cases, "no host", GET + "\r\n" + SMUGGLED);
        refused(cases, "two hosts", GET + "Host: platform.localhost\r\nHost: other.localhost\r\n\r\n" + SMUGGLED);
        refused(
                cases,
                "another host in the address",
                "GET http://other.localhost/sign-in HTTP/1.1\r\nHost: platform.localhost\r\n\r\n" + SMUGGLED);
    }

    private static void refused(List<Case> cases, String name, String bytes) {
        add(cases, name, Expected.REFUSED, bytes);
    }

    private static void add(List<Case> cases, String name, Expected expected, String bytes) {
        cases.add(new Case(name, expected, bytes));
    }

    @Test
    void rejectsAmbiguousRequests() throws Exception {
        var wrong = new TreeMap<String, String>();
        // Most of the time is spent waiting for responses that must not come.
        var callers = Executors.newFixedThreadPool(CALLERS);
        try {
            var all = new LinkedHashMap<Case, Future<Heard>>();
            cases().forEach(each -> all.put(each, callers.submit(() -> hear(each.bytes()))));
            for (var each : all.entrySet()) {
                var heard = each.getValue().get();
                if (!isAs(each.getKey().expected(), heard)) {
                    wrong.put(each.getKey().name() + ": not " + each.getKey().expected(), heard.toString());
                }
            }
        } finally {
            callers.shutdown();
        }
        Results.showOutcome("smuggling: " + cases().size() + " requests, read in two ways: " + wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(40);
    }

    /** The statuses of all responses, and whether the server closed the connection afterwards. */
    private record Heard(List<Integer> answers, boolean isClosed) {}

    private static boolean isAs(Expected expected, Heard heard) {
        var answers = heard.answers();
        return switch (expected) {
            case REFUSED ->
                heard.isClosed()
                        && (answers.isEmpty()
                                || (answers.size() == 1 && answers.get(0) >= 400 && answers.get(0) != 404));
            case ONE -> answers.size() == 1;
            case TWO -> answers.size() == 2;
        };
    }

    /** Reads until the server closes the connection or falls silent. */
    private static Heard hear(String request) throws IOException {
        var received = new ByteArrayOutputStream();
        var isClosed = true;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger(RunningServer.HTTP_PORT))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var in = socket.getInputStream();
            for (var next = in.read(); next >= 0; next = in.read()) {
                received.write(next);
            }
        } catch (SocketTimeoutException quiet) {
            isClosed = false;
        } catch (SocketException torn) {
            isClosed = true;
        }
        var statuses = new ArrayList<Integer>();
        var text = received.toString(StandardCharsets.ISO_8859_1);
        for (var at = text.indexOf("HTTP/1."); at >= 0; at = text.indexOf("HTTP/1.", at + 1)) {
            statuses.add(Integer.valueOf(text.substring(at + 9, at + 12)));
        }
        return new Heard(statuses, isClosed);
    }
}
