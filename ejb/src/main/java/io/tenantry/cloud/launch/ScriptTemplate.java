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
 * The text of a start-up script: a program that starts with {@code #!}, or a format of cloud-init. It may contain the fields {@code {{name}}},
 * {@code {{name: Label}}}, {@code {{name = default}}} or {@code {{name: Label = default}}}; values are inserted verbatim. Other text between
 * braces is kept.
 */
public record ScriptTemplate(String text) {
    /** Providers accept 16 kB; the values need room as well. */
    public static final int TEXT_MAX = 16_000;

    /** The maximum length of a value, which is a single line. */
    public static final int ANSWER_MAX = 500;

    private static final int FILLED_BYTES_MAX = 16_384;
    /** The maximum number of fields. */
    public static final int FIELDS_MAX = 20;

    private static final Pattern FIELD =
            Pattern.compile("\\{\\{([a-z][a-z0-9_]{0,31})(?: ?: ?([^{}=\\n]{1,80}?))?( ?= ?([^{}\\n]{0,200}?))? ?}}");

    /** Beginnings of cloud-init user data other than programs: its documented formats, and MIME with several of them. */
    private static final Pattern HEAD =
            Pattern.compile("#!|#cloud-config|#cloud-boothook|#include|#part-handler|#upstart-job"
                    + "|## template: ?jinja\\n#|(?i:content-type: ?multipart/|mime-version: ?1\\.0\\n)");

    /** The beginning of compressed data in Base64. */
    private static final Pattern ENCODED = Pattern.compile("H4sI[A-Za-z0-9+/=\\s]+$");

    public ScriptTemplate {
        text = cleaned(text);
    }

    /**
     * A field to fill in.
     *
     * @param byDefault its default value; empty if a value is required
     */
    public record Field(String name, String label, Optional<String> byDefault) {
        public boolean isRequired() {
            return byDefault.isEmpty();
        }
    }

    /** Why a text is refused. */
    public enum Fault {
        EMPTY,
        /** It is longer than {@link #TEXT_MAX}. */
        LONG,
        /** It starts with nothing that cloud-init or a shell recognizes. */
        HEAD,
        /** It is compressed or encoded; plain text is required. */
        ENCODED,
        /** It contains characters that do not occur in text. */
        CHARACTERS,
        /** It has more than {@link #FIELDS_MAX} fields. */
        FIELDS
    }

    /** The result of filling in. */
    public sealed interface Filled {
        /** It is complete. */
        record Complete(String text) implements Filled {}

        /** These fields have no value, or an invalid one. */
        record MissingAnswers(List<String> fields) implements Filled {}

        /** With the values inserted, it is longer than providers accept. */
        record TooLong() implements Filled {}
    }

    /** Returns why it is refused; empty if it is accepted. */
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

    /** Returns its fields in textual order; of repeated fields, the first definition counts. */
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

    /** Returns the text with the values inserted; blank values are replaced by the defaults. */
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

    /** Characters refused by {@link #fault} are kept, so that they are reported and not silently removed. */
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
