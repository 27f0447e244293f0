package io.tenantry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantFormTest {
    private final TenantForm form = new TenantForm("platform.localhost");

    @ParameterizedTest
    @CsvSource({
        "Aurora Cloud, aurora-cloud",
        "Müller & Söhne, muller-sohne",
        "Straßen-Hosting, strassen-hosting",
        "24/7 Servers!, servers",
        "A name that is far too long to be a slug, a-name-that-is-far-too-long-to",
        "日本, ''"
    })
    void derivesSlugFromName(String name, String slug) {
        assertThat(TenantForm.slugOf(name)).isEqualTo(slug);
    }

    @Test
    void suggestsSlugAndHostFromName() {
        form.setName("Cirrus Hosting");
        form.suggest();

        assertThat(form.getSlug()).isEqualTo("cirrus-hosting");
        assertThat(form.getHosts()).isEqualTo("cirrus-hosting.localhost");
    }

    @Test
    void keepsSlugAndHostsThatWereTyped() {
        form.setSlug("cirrus");
        form.setHosts("panel.cirrus.example");
        form.setName("Cirrus Hosting");
        form.suggest();

        assertThat(form.getSlug()).isEqualTo("cirrus");
        assertThat(form.getHosts()).isEqualTo("panel.cirrus.example");
    }

    @Test
    void suggestsHostFromSlug() {
        form.setName("Cirrus Hosting");
        form.suggest();
        form.setSlug("cirrus");
        form.suggestHost();

        assertThat(form.getHosts()).isEqualTo("cirrus.localhost");
    }

    @Test
    void readsHostsSeparatedByLineCommaOrSemicolon() {
        form.setHosts("one.example\ntwo.example, three.example;two.example");

        assertThat(form.draft().hosts()).containsExactly("one.example", "two.example", "three.example");
    }
}
