package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.text.HostName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", " Ada@Example.ORG ", "ada+tag@sub.example.org", "root@localhost"})
    void normalizesToLowerCase(String text) {
        assertThat(EmailAddress.of(text)).contains(text.strip().toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "a b@example.org",
                "ada@example.org\r\nBcc: x@y",
                "ada@b@c",
                "<ada@example.org>",
                "ada@example.org,x@y.z",
                "ada@example..org",
                "ada@.example.org",
                "ada@-example.org",
                "ada@example-.org",
                "ada@example.org-",
                "ada@[127.0.0.1]",
                "\"ada\"@example.org",
                "\"a b\"@example.org",
                ".ada@example.org",
                "ada.@example.org",
                "a..da@example.org",
                "ada@example.org..",
                "\u0301@example.org",
                "\u3164@example.org",
                "ada@\u200B",
                "ada@\u2800.",
                "ada\u0000@example.org",
                "test@x/example",
                "test@x#example",
                "test@x%00.example",
                "a@foo_bar",
                "a@127.0.0.1",
                "a@example.1",
                "a@ex*mple.org",
                "a@m\u00FCller_x.example",
                "a@aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234.example"
            })
    void rejectsInvalidAddresses(String text) {
        assertThat(EmailAddress.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "\u00A0petra@paste.example,petra@paste.example",
        "petra@paste.example\u200B,petra@paste.example",
        "\uFEFFPetra@Paste.Example\u3000,petra@paste.example",
        "pe\u200Btra@paste.example,petra@paste.example",
        "ida@m\u00FCller.example,ida@xn--mller-kva.example",
        "ida@mu\u0308ller.example,ida@xn--mller-kva.example",
        "IDA@M\u00DCLLER.EXAMPLE,ida@xn--mller-kva.example",
        "ida@xn--mller-kva.example,ida@xn--mller-kva.example",
        "ida@stra\u00DFe.example,ida@xn--strae-oqa.example",
        "mu\u0308ller@example.org,m\u00FCller@example.org",
        "ida\uFF20example\u3002org,ida@example.org",
        "a@aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123.example,"
                + "a@aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123.example",
        "a@r3---sn-x.Example,a@r3---sn-x.example",
        "a@4.example,a@4.example",
        "a@xn--p1ai.example.xn--p1ai,a@xn--p1ai.example.xn--p1ai",
        "pe\u200Etra@paste.example,petra@paste.example",
        "pe\u061Ctra@paste.example,petra@paste.example",
        "\u845B\uDB40\uDD00@paste.example,\u845B@paste.example",
        "\u2764\uFE0F@paste.example,\u2764@paste.example",
        "pe\u2800tra@paste.example,petra@paste.example",
        "petra@paste.example.,petra@paste.example",
        "petra@m\u00FCller.example\u3002,petra@xn--mller-kva.example"
    })
    void normalizesAllSpellingsToOneAddress(String typed, String normalized) {
        assertThat(EmailAddress.of(typed)).contains(normalized);
        assertThat(EmailAddress.of(normalized)).contains(normalized);
        assertThat(EmailAddress.spellings(typed)).contains(normalized);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000@example.org",
                "a\uD800@example.org",
                "a\u202Eb@example.org",
                "a\u00A0b@example.org",
                "a@\u202Eexample.org"
            })
    void rejectsInvalidCharacters(String text) {
        assertThat(EmailAddress.of(text)).isEmpty();
        assertThat(EmailAddress.spellings(text)).isEmpty();
    }

    /** The exact spelling comes first: the other may be a different person's account if both exist. */
    @Test
    void listsSpellingsStoredByEarlierReleases() {
        assertThat(EmailAddress.spellings("\u00A0petra@paste.example"))
                .containsExactly("\u00A0petra@paste.example", "petra@paste.example");
        assertThat(EmailAddress.spellings("ida@xn--mller-kva.example"))
                .containsExactly("ida@xn--mller-kva.example", "ida@m\u00FCller.example");
    }

    /** People whose host was accepted before the rules were strict still sign in. */
    @Test
    void looksUpAddressesWithHostsThatAreRejectedToday() {
        assertThat(EmailAddress.of("Petra@foo_bar.")).isEmpty();
        assertThat(EmailAddress.known("Petra@foo_bar.")).contains("petra@foo_bar");
        assertThat(EmailAddress.spellings("Petra@foo_bar.")).contains("petra@foo_bar");
        assertThat(EmailAddress.known("petra@-foo")).isEmpty();
    }

    @Test
    void limitsHostsTo253Characters() {
        var host = "abcdefg.".repeat(31) + "abcde";
        assertThat(host).hasSize(253);
        assertThat(HostName.lenient(host)).contains(host);
        assertThat(HostName.plain(host)).contains(host);
        assertThat(HostName.plain(host + "f")).isEmpty();
    }

    @Test
    void displaysInternationalizedHostsInUnicode() {
        assertThat(EmailAddress.shown("ida@xn--mller-kva.example")).isEqualTo("ida@m\u00FCller.example");
        assertThat(EmailAddress.shown("a@b.example")).isEqualTo("a@b.example");
    }
}
