package io.tenantry.cloud.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.launch.ScriptTemplate.Fault;
import io.tenantry.cloud.launch.ScriptTemplate.Field;
import io.tenantry.cloud.launch.ScriptTemplate.Filled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptTemplateTest {
    @Test
    void readsFieldsBetweenDoubleBraces() {
        var script = new ScriptTemplate("""
                #!/bin/sh
                echo {{title: Title of the page = Hello}} {{host_name}} {{mail = }} {{port=80}} {{db: Database}}
                """);
        assertThat(script.fields())
                .containsExactly(
                        new Field("title", "Title of the page", Optional.of("Hello")),
                        new Field("host_name", "host name", Optional.empty()),
                        new Field("mail", "mail", Optional.of("")),
                        new Field("port", "port", Optional.of("80")),
                        new Field("db", "Database", Optional.empty()));
    }

    @Test
    void mergesRepeatedFields() {
        assertThat(new ScriptTemplate("#!/bin/sh\n{{a}} {{a: The first}} {{a: Later = x}}").fields())
                .containsExactly(new Field("a", "The first", Optional.of("x")));
    }

    @Test
    void ignoresOtherUsesOfBraces() {
        var text = "#cloud-config\n{{ v1.region }} {{ item }} {{.Names}} ${a} {{A}} {{a b}} {{1}} {{}}";
        var script = new ScriptTemplate(text);
        assertThat(script.fields()).isEmpty();
        assertThat(script.fill(Map.of("item", "x"))).isEqualTo(new Filled.Complete(text));
    }

    @Test
    void insertsTrimmedAnswersWithoutExpandingThem() {
        var script = new ScriptTemplate("#!/bin/sh\necho '{{a}}' {{b=$1}} {{a}}");
        assertThat(script.fill(Map.of("a", " \\1 $2 {{b}} ", "other", "x")))
                .isEqualTo(new Filled.Complete("#!/bin/sh\necho '\\1 $2 {{b}}' $1 \\1 $2 {{b}}"));
    }

    @Test
    void listsMissingAndInvalidAnswers() {
        var script = new ScriptTemplate("#!/bin/sh\n{{a}} {{b}} {{c=1}} {{d}}");
        assertThat(script.fill(Map.of("a", " ", "b", "x\ny", "d", "z".repeat(ScriptTemplate.ANSWER_MAX + 1))))
                .isEqualTo(new Filled.MissingAnswers(List.of("a", "b", "d")));
    }

    @Test
    void refusesAFilledScriptAboveTheLengthLimit() {
        var script = new ScriptTemplate("#!/bin/sh\n" + "{{a}}".repeat(1_000));
        assertThat(script.fault()).isEmpty();
        assertThat(script.fill(Map.of("a", "y"))).isInstanceOf(Filled.Complete.class);
        assertThat(script.fill(Map.of("a", "y".repeat(100)))).isEqualTo(new Filled.TooLong());
    }

    @Test
    void statesWhyAScriptIsRefused() {
        assertThat(new ScriptTemplate(" \n ").fault()).contains(Fault.EMPTY);
        assertThat(new ScriptTemplate("echo hello").fault()).contains(Fault.HEAD);
        assertThat(new ScriptTemplate("#!" + "x".repeat(ScriptTemplate.TEXT_MAX)).fault())
                .contains(Fault.LONG);
        assertThat(new ScriptTemplate("#!/bin/sh\n\0").fault()).contains(Fault.CHARACTERS);
        var many = IntStream.rangeClosed(0, ScriptTemplate.FIELDS_MAX)
                .mapToObj(number -> "{{f" + number + "}}")
                .collect(Collectors.joining());
        assertThat(new ScriptTemplate("#!/bin/sh\n" + many).fault()).contains(Fault.FIELDS);
        assertThat(new ScriptTemplate("#cloud-config\r\npackages: [nginx]\r\n").fault())
                .isEmpty();
    }

    @Test
    void acceptsTheFormatsOfCloudInit() {
        for (var text : new String[] {
            "#include\nhttps://example.org/script",
            "#include-once\nhttps://example.org/script",
            "#cloud-boothook\n#!/bin/sh\ntrue",
            "#part-handler\ndef list_types(): pass",
            "#cloud-config-archive\n- content: a",
            "## template: jinja\n#cloud-config\nhostname: {{ v1.region }}",
            "Content-Type: multipart/mixed; boundary=\"x\"\nMIME-Version: 1.0\n\n--x\n",
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n",
            "\uFEFF#!/bin/sh\r\ntrue"
        }) {
            assertThat(new ScriptTemplate(text).fault()).as(text).isEmpty();
        }
        assertThat(new ScriptTemplate("H4sIAAAAAAAAA0vOzy0oSi0u1k1JTUss\nzSkBAA==").fault())
                .contains(Fault.ENCODED);
        assertThat(new ScriptTemplate("Content-Type: text/plain\n\nhello").fault())
                .contains(Fault.HEAD);
        assertThat(new ScriptTemplate("## template: jinja\nhello").fault()).contains(Fault.HEAD);
        assertThat(new ScriptTemplate("#!/bin/sh\n\uD800").fault()).contains(Fault.CHARACTERS);
        assertThat(new ScriptTemplate("#!/bin/sh\n\u202Eecho").fault()).contains(Fault.CHARACTERS);
    }

    @Test
    void findsNoFieldsInManyUnclosedBraces() {
        assertThat(new ScriptTemplate("#!" + "{{a: ".repeat(3_000)).fields()).isEmpty();
        assertThat(new ScriptTemplate("#!" + "{{a = = =".repeat(1_500)).fields())
                .isEmpty();
    }
}
