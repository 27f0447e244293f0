package io.tenantry.people;

import io.tenantry.isolation.RawConnection;
import io.tenantry.people.Places.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Requests pages and submits their forms with malformed input, and records each response that is a server error. */
final class HostilePages {
    /** Malformed input, percent-encoded for URLs and forms. */
    static final List<String> TEXTS = List.of(
            "%00",
            "a%00b",
            "%01%1B%7F",
            "%C2%9B",
            "%EF%BF%BE",
            "%ED%A0%80",
            "%C3%28",
            "%FF",
            "%E2%80%AEabc",
            "%E2%81%A6abc",
            "%C2%A0%E2%80%AF%E2%80%8B%EF%BB%BF%E3%80%80",
            "-1",
            "99999999999999999999",
            "1e999999999",
            "%2B999999998-01",
            "2.5",
            "NaN",
            "%5B%5D%7B%7D",
            "[]",
            "%27%22%3Cscript%3E",
            "a".repeat(3_000));

    private static final Pattern VIEW_STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern FORM = Pattern.compile("<form id=\"([^\"]+)\"");
    private static final Pattern BUTTON = Pattern.compile("<(?:input|button)[^>]* name=\"([^\"]+)\"[^>]*>");
    private static final Pattern FIELD = Pattern.compile("<(?:input|textarea|select)[^>]* name=\"([^\"]+:[^\"]+)\"");
    private static final Pattern PARAMETER = Pattern.compile("[?&]([a-z_-]+)=");

    private final List<String> faults = new ArrayList<>();
    private int asked;

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** The number of responses so far. */
    int asked() {
        return asked;
    }

    /** Requests each page with such input in every query parameter. */
    void inspect(Reader reader, List<Place> places) {
        for (var place : places) {
            var path = place.path();
            var bare = path.replaceFirst("\\?.*", "");
            var names = new TreeSet<>(List.of("q", "page", "sort", "id", "state"));
            PARAMETER.matcher(path).results().forEach(found -> names.add(found.group(1)));
            for (var text : TEXTS.subList(0, 15)) {
                var query = new StringBuilder();
                names.forEach(name -> query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append('=')
                        .append(text));
                fine("GET " + bare + shown(query.toString()), reader.get(bare + query));
            }
            fine("GET " + path + " q", reader.get(path + (path.contains("?") ? "&" : "?") + "q=%00"));
        }
    }

    /** Sends such input to a servlet, by GET and by POST. */
    void plain(Reader reader, String path) {
        TEXTS.subList(0, 13).forEach(text -> plain(reader, path, text));
    }

    private void plain(Reader reader, String path, String text) {
        var form = new StringBuilder("a=b");
        for (var name : List.of(
                "id",
                "service",
                "organization",
                "wallet",
                "plan",
                "reason",
                "name",
                "region",
                "back",
                "q",
                "token",
                "slug",
                "month",
                "run",
                "version")) {
            form.append('&').append(name).append('=').append(text);
        }
        fine(
                "POST " + path + " " + shown(text),
                reader.post(path, "Content-Type: application/x-www-form-urlencoded\r\n", form.toString()));
        fine("GET " + path + " " + shown(text), reader.get(path + "?" + form));
    }

    /** Submits the form of every button of a page, with such input in each field. */
    void press(Reader reader, String path) {
        press(reader, path, 0);
    }

    /** As {@link #press}, but only forms with fields: a button without any might suspend something that other tests use. */
    void type(Reader reader, String path) {
        press(reader, path, 1);
    }

    private void press(Reader reader, String path, int fieldsMin) {
        var page = reader.get(path).body();
        var state = VIEW_STATE.matcher(page);
        if (!state.find()) {
            return;
        }
        var forms = FORM.matcher(page).results().map(found -> found.group(1)).toList();
        var buttons = BUTTON.matcher(page)
                .results()
                .filter(found -> found.group().contains("submit"))
                .map(found -> found.group(1))
                .filter(button -> formOf(button, forms).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
        for (var button : buttons) {
            var name = formOf(button, forms).orElseThrow();
            var fields = FIELD.matcher(page)
                    .results()
                    .map(found -> found.group(1))
                    .filter(field -> formOf(field, forms).equals(Optional.of(name)) && !buttons.contains(field))
                    .toList();
            if (fields.size() < fieldsMin) {
                continue;
            }
            for (var text : List.of("a%00b", "%ED%A0%80", "%E2%80%AEabc", "%C2%A0%E2%80%8B", "%EF%BF%BE")) {
                var form = new LinkedHashMap<String, String>();
                fields.forEach(field -> form.put(field, text));
                form.put(name, name);
                form.put(button, button);
                form.put("jakarta.faces.ViewState", URLEncoder.encode(state.group(1), StandardCharsets.UTF_8));
                fine(
                        "POST " + path + " " + button + " " + text,
                        reader.post(path, "Content-Type: application/x-www-form-urlencoded\r\n", encoded(form)));
            }
        }
    }

    /** The form that a field belongs to, also one that is repeated or repeats its fields: the longest whose id its own begins with. */
    private static Optional<String> formOf(String field, List<String> forms) {
        return forms.stream().filter(form -> field.startsWith(form + ":")).max(Comparator.comparingInt(String::length));
    }

    private void fine(String what, RawConnection.Answer answer) {
        asked++;
        if (answer.status() >= 500 || answer.status() == 0) {
            faults.add(what + " is answered with " + answer.status());
        }
    }

    /** The values are already encoded. */
    private static String encoded(Map<String, String> form) {
        var text = new StringBuilder();
        form.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(value));
        return text.toString();
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80);
    }
}
