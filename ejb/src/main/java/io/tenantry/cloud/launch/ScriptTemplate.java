package io.tenantry.cloud.launch;

import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a start-up script: a program that begins with {@code #!}, or what cloud-init understands. It may ask for something by
 * {@code {{name}}}, {@code {{name: Label}}}, {@code {{name = default}}} or {@code {{name: Label = default}}}; what is answered is put in as it
 * is. Anything else between braces stays.
 */
public record ScriptTemplate(String text) {
    /** Vendors take 16 kB; what is filled in needs room as well. */
    public static final int TEXT_MAX = 16_000;

    /** An answer is one line, no longer than this. */
    public static final int ANSWER_MAX = 500;

    private static final int FILLED_BYTES_MAX = 16_384;
    /** Nobody fills in more. */
    public static final int FIELDS_MAX = 20;

    private static final Pattern FIELD =
            Pattern.compile("\\{\\{([a-z][a-z0-9_]{0,31})(?: ?: ?([^{}=\\n]{1,80}?))?( ?= ?([^{}\\n]{0,200}?))? ?}}");

    /** What user data of cloud-init begins with, besides a program: its formats by the documentation of cloud-init, and MIME with several of them. */
    private static final Pattern HEAD =
            Pattern.compile("#!|#cloud-config|#cloud-boothook|#include|#part-handler|#upstart-job"
                    + "|## template: ?jinja\\n#|(?i:content-type: ?multipart/|mime-version: ?1\\.0\\n)");

    /** How compressed data in Base64 begins. */
    private static final Pattern ENCODED = Pattern.compile("H4sI[A-Za-z0-9+/=\\s]+$");

    public ScriptTemplate {
        text = cleaned(text);
    }

    /**
     * What is to be filled in.
     *
     * @param byDefault what it is if nobody says; empty if somebody has to
     */
    public record Field(String name, String label, Optional<String> byDefault) {
        public boolean isRequired() {
            return byDefault.isEmpty();
        }
    }

    /** Why a text is not taken. */
    public enum Fault {
        EMPTY,
        /** It is longer than {@link #TEXT_MAX}. */
        LONG,
        /** It begins with nothing that cloud-init or a shell knows. */
        HEAD,
        /** It is compressed or encoded; the text itself is wanted. */
        ENCODED,
        /** It has characters that no text has. */
        CHARACTERS,
        /** It asks for more than {@link #FIELDS_MAX} things. */
        FIELDS
    }

    /** What came of filling in. */
    public sealed interface Filled {
        /** It is complete. */
        record Complete(String text) implements Filled {}

        /** These fields have no answer, or one that is none. */
        record MissingAnswers(List<String> fields) implements Filled {}

        /** With all of it, it is longer than vendors take. */
        record TooLong() implements Filled {}
    }

    /** Why it is not taken; empty if it is. */
    public Optional<Fault> fault() {
        if (text.isEmpty()) {
            return Optional.of(Fault.EMPTY);
        }
        if (text.length() > TEXT_MAX) {
            return Optional.of(Fault.LONG);
        }
        if (text.codePoints().anyMatch(one -> Character.isISOControl(one) && one != '\n' && one != '\t')
                || !InputText.withoutForbidden(text).equals(text)) {
            return Optional.of(Fault.CHARACTERS);
        }
        if (ENCODED.matcher(text).lookingAt()) {
            return Optional.of(Fault.ENCODED);
        }
        if (!HEAD.matcher(text).lookingAt()) {
            return Optional.of(Fault.HEAD);
        }
        return fields().size() > FIELDS_MAX ? Optional.of(Fault.FIELDS) : Optional.empty();
    }

    /** What it asks for, in the order of the text; of what stands there several times, what is said first counts. */
    public List<Field> fields() {
        var labels = new LinkedHashMap<String, String>();
        var defaults = new LinkedHashMap<String, String>();
        FIELD.matcher(text).results().forEach(found -> {
            labels.merge(found.group(1), label(found), (known, other) -> known.isEmpty() ? other : known);
            if (found.group(3) != null) {
                defaults.putIfAbsent(found.group(1), found.group(4));
            }
        });
        return labels.entrySet().stream()
                .map(one -> new Field(
                        one.getKey(),
                        one.getValue().isEmpty() ? one.getKey().replace('_', ' ') : one.getValue(),
                        Optional.ofNullable(defaults.get(one.getKey()))))
                .toList();
    }

    /** The text with what was answered, by field; what is blank is as by default. */
    public Filled fill(Map<String, String> answers) {
        var values = new LinkedHashMap<String, String>();
        var lacking = new ArrayList<String>();
        for (var field : fields()) {
            var answer = answers.getOrDefault(field.name(), "").strip();
            var value = answer.isEmpty() ? field.byDefault() : Optional.of(answer);
            if (value.filter(ScriptTemplate::isAnswer).isPresent()) {
                values.put(field.name(), value.get());
            } else {
                lacking.add(field.name());
            }
        }
        if (!lacking.isEmpty()) {
            return new Filled.MissingAnswers(List.copyOf(lacking));
        }
        var filled = FIELD.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
        return filled.getBytes(StandardCharsets.UTF_8).length > FILLED_BYTES_MAX
                ? new Filled.TooLong()
                : new Filled.Complete(filled);
    }

    /** What is refused by {@link #fault} stays, so that it is told and not silently left out. */
    private static String cleaned(String text) {
        try {
            return InputText.trimmed(InputText.lines(text));
        } catch (UnacceptableText refused) {
            return InputText.trimmed(text.replace("\r\n", "\n").replace('\r', '\n'));
        }
    }

    private static boolean isAnswer(String value) {
        return value.length() <= ANSWER_MAX && value.codePoints().noneMatch(Character::isISOControl);
    }

    private static String label(MatchResult found) {
        var label = found.group(2);
        return label == null ? "" : label.strip();
    }
}
