package io.tenantry.isolation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Valid and forged notations of a request's host. */
final class HostVariants {
    private static final String PAGE = "/sign-in";

    /** Contains the brand's name too, and costs a tenth of a page. */
    private static final String MANIFEST = "/site.webmanifest";

    private static final int PAGES_ONE_IN = 10;
    private static final List<String> PORTS = List.of(":80", ":443", ":8080", ":1", ":65535");
    private static final List<String> ODD_PORTS =
            List.of(":", ":0", ":65536", ":-1", ":abc", ":080", ":80:80", ":99999999999", ":+80");
    private static final List<String> ADDRESSES = List.of(
            "127.0.0.1",
            "0x7f.0.0.1",
            "2130706433",
            "0177.0.0.1",
            "[::1]",
            "[::1]:80",
            "[::ffff:127.0.0.1]",
            "[::1",
            "::1",
            "[]",
            "[",
            "]",
            "[fe80::1%25lo]",
            "[v1.a]",
            "localhost",
            "");
    private static final List<String> ELSEWHERE = List.of(
            "X-Forwarded-Host",
            "X-Host",
            "X-Forwarded-Server",
            "X-HTTP-Host-Override",
            "X-Original-Host",
            "X-Rewrite-URL");
    private static final List<String> TAILS = List.of(
            ".evil.example",
            "evil",
            "..",
            ".-",
            "%00",
            "%2e",
            "/",
            "/x",
            "?",
            "#",
            "@evil.example",
            ",",
            ";",
            "\\",
            "\"",
            "'",
            "<b>",
            ".localhost",
            "%0d%0aX:1");
    private static final List<String> HEADS = List.of(
            "evil",
            "www.",
            ".",
            "..",
            "evil.example@",
            "evil.example:80@",
            "http://",
            "//",
            "/",
            "%61",
            "xn--",
            "-",
            "*.",
            "*",
            "\"",
            "{",
            "$");

    private final Random random;
    private final List<Brand> brands;

    HostVariants(Random random, List<Brand> brands) {
        this.random = random;
        this.brands = brands;
    }

    /**
     * A known host.
     *
     * @param canary text of its pages only; empty if they have none
     */
    record Brand(String host, String canary) {}

    /**
     * A request and its permitted outcomes.
     *
     * @param at whose page may be returned
     * @param mayBeRefused whether no page is needed
     */
    record Variant(String kind, String request, Optional<Brand> at, boolean mayBeRefused) {}

    Variant next() {
        var brand = any();
        var other = any();
        var host = brand.host();
        return switch (random.nextInt(16)) {
            case 0 -> known("case", host(mixed(host)), brand);
            case 1 -> known("port", host(mixed(host) + of(PORTS)), brand);
            case 2 -> either("odd port", host(host + of(ODD_PORTS)), brand);
            case 3 -> known("final dot", host(mixed(host) + "." + (random.nextBoolean() ? of(PORTS) : "")), brand);
            case 4 -> none("dots", host(dotted(host)));
            case 5 -> none("look-alike", host(latin(lookAlike(host))));
            case 6 -> none("address", host(of(ADDRESSES)));
            case 7 -> either("in brackets", host("[" + host + "]" + (random.nextBoolean() ? of(PORTS) : "")), brand);
            case 8 -> absolute(brand, other);
            case 9 -> none("two hosts", "Host: " + host + "\r\nHost: " + other.host() + "\r\n");
            case 10 -> known("named elsewhere", host(host) + elsewhere(other), brand);
            case 11 ->
                none(
                        "named only elsewhere",
                        host(random.nextBoolean() ? "evil.example" : "127.0.0.1") + elsewhere(brand));
            case 12 -> control(brand);
            case 13 -> none("tail", host(host + of(TAILS)));
            case 14 -> none("head", host(of(HEADS) + host));
            default -> none("damaged", host(damaged(host)));
        };
    }

    private Variant known(String kind, String headers, Brand brand) {
        return new Variant(kind, request(path(), headers), Optional.of(brand), false);
    }

    private Variant either(String kind, String headers, Brand brand) {
        return new Variant(kind, request(path(), headers), Optional.of(brand), true);
    }

    private Variant none(String kind, String headers) {
        return new Variant(kind, request(path(), headers), Optional.empty(), true);
    }

    /** The target names the host; a header that names another one is a contradiction. */
    private Variant absolute(Brand brand, Brand other) {
        var target = "http://" + mixed(brand.host()) + path();
        if (other.equals(brand)) {
            return new Variant("absolute", request(target, host(brand.host())), Optional.of(brand), true);
        }
        return new Variant("absolute, another host", request(target, host(other.host())), Optional.empty(), true);
    }

    /** White space around a value does not belong to it; any other character within is not part of a name. */
    private Variant control(Brand brand) {
        var host = brand.host();
        char character = (char) (random.nextBoolean() ? random.nextInt(32) : 127 + random.nextInt(129));
        if (character == '\r' || character == '\n') {
            return known("folded space", host(" \t" + host + " \t"), brand);
        }
        var at = random.nextInt(host.length() + 1);
        return new Variant(
                "control " + (int) character,
                request(path(), host(host.substring(0, at) + character + host.substring(at))),
                at == 0 || at == host.length() ? Optional.of(brand) : Optional.empty(),
                true);
    }

    private String elsewhere(Brand brand) {
        return of(ELSEWHERE) + ": " + brand.host() + "\r\nForwarded: host=" + brand.host() + ";proto=https\r\n"
                + "X-Forwarded-Proto: https\r\nX-Forwarded-Port: 6666\r\n";
    }

    private static String host(String value) {
        return "Host: " + value + "\r\n";
    }

    private String path() {
        return random.nextInt(PAGES_ONE_IN) == 0 ? PAGE : MANIFEST;
    }

    private String request(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
    }

    private String mixed(String host) {
        var mixed = new StringBuilder();
        host.chars().forEach(letter -> {
            var one = String.valueOf((char) letter);
            mixed.append(random.nextBoolean() ? one.toUpperCase(Locale.ROOT) : one);
        });
        return mixed.toString();
    }

    private String dotted(String host) {
        var dot = host.indexOf('.');
        return switch (random.nextInt(4)) {
            case 0 -> host + "..";
            case 1 -> "." + host;
            case 2 -> host.substring(0, dot) + ".." + host.substring(dot + 1);
            default -> host.substring(0, dot) + host.substring(dot + 1);
        };
    }

    /** Replaces one character by one that looks alike, or that some comparisons treat as equal. */
    private String lookAlike(String host) {
        var likes = List.of(
                "a\u0430", "c\u0441", "e\u0435", "o\u043e", "l\u0456", "a\uff41", "c\uff43", "s\u017f", "o\u00ba",
                ".\u3002", ".\uff0e", "l\u217c");
        while (true) {
            var like = likes.get(random.nextInt(likes.size()));
            if (host.indexOf(like.charAt(0)) >= 0) {
                return host.replace(like.substring(0, 1), like.substring(1));
            }
        }
    }

    private String damaged(String host) {
        var at = random.nextInt(host.length());
        return switch (random.nextInt(4)) {
            case 0 -> host.substring(0, at) + host.substring(at + 1);
            case 1 -> host.substring(0, at) + "x" + host.substring(at);
            case 2 -> host.substring(0, at) + String.format("%%%02x", (int) host.charAt(at)) + host.substring(at + 1);
            default -> host.substring(0, at);
        };
    }

    /** Encodes as UTF-8, with each byte as a character. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private Brand any() {
        return brands.get(random.nextInt(brands.size()));
    }

    private String of(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
