package io.tenantry.web.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.LegalTexts;
import io.tenantry.brand.storefront.Storefront.MapPoint;
import io.tenantry.brand.storefront.Storefront.OnSale;
import io.tenantry.brand.storefront.Storefront.Region;
import io.tenantry.catalog.Plan;
import io.tenantry.kernel.money.Money;
import jakarta.json.Json;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorefrontTest {
    @ParameterizedTest(name = "{0}, {1} stands at {2}, {3}")
    @CsvSource({
        "80, -180, 0.0, 0.0",
        "-56, 180, 1000.0, 453.3",
        "12, 0, 500.0, 226.7",
        "-90, 0, 500.0, 453.33",
        "90, 0, 500.0, 0"
    })
    void projectsCoordinatesOntoMap(BigDecimal latitude, BigDecimal longitude, BigDecimal x, BigDecimal y) {
        var mapPoint = new MapPoint(latitude, longitude);
        assertThat(WorldMap.x(mapPoint)).isEqualByComparingTo(x);
        assertThat(WorldMap.y(mapPoint)).isEqualByComparingTo(y);
    }

    @Test
    void cropsMapAroundRegions() {
        var map = WorldMap.around(
                List.of(region("Frankfurt", "50.11", "8.68"), region("Nuremberg", "49.45", "11.08"), NOWHERE), 15);
        assertThat(map.width()).isEqualByComparingTo("360");
        assertThat(map.left()).isBetween(new BigDecimal("340"), new BigDecimal("360"));
        assertThat(map.pins()).extracting(WorldMap.Pin::name).containsExactly("Frankfurt", "Nuremberg");
        assertThat(map.pins()).extracting(pin -> pin.label().isShown()).containsExactly(true, true);
        assertThat(map.box()).isEqualTo(map.left() + " " + map.top() + " 360 163.2");
    }

    @Test
    void neverCropsBeyondMap() {
        var map = WorldMap.around(List.of(region("Apia", "-13.8", "-171.8"), region("Alert", "82.5", "179")), 15);
        assertThat(map.box()).isEqualTo("0 0 1000 453.3");
        assertThat(WorldMap.around(List.of(NOWHERE), 15).pins()).isEmpty();
    }

    @Test
    void escapesStructuredDataForScriptElement() {
        var facts = StructuredData.of(
                "</script><script>alert(1)</script> & Sons", "https://cloud.example", List.of(plan("S <b>")));
        assertThat(facts).doesNotContain("<").doesNotContain("&");
        var read = Json.createReader(new StringReader(facts)).readObject();
        assertThat(read.getString("name")).isEqualTo("</script><script>alert(1)</script> & Sons");
        var offer = read.getJsonArray("makesOffer").getJsonObject(0);
        assertThat(offer.getString("price")).isEqualTo("4.49");
        assertThat(offer.getString("priceCurrency")).isEqualTo("EUR");
        assertThat(offer.getJsonObject("itemOffered").getString("name")).isEqualTo("S <b>");
    }

    @Test
    void listsOnlyPublicPagesOfHostForSearchEngines() {
        assertThat(RobotsAndSitemapServlet.robots("https://cloud.example"))
                .contains("Disallow: /portal\n", "Disallow: /staff\n", "Sitemap: https://cloud.example/sitemap.xml\n");
        assertThat(RobotsAndSitemapServlet.sitemap("https://cloud.example", List.of(LegalTexts.Kind.PRIVACY)))
                .contains("<loc>https://cloud.example/legal?text=privacy</loc>")
                .doesNotContain("imprint")
                .contains("<loc>https://cloud.example/</loc>", "<loc>https://cloud.example/plans</loc>")
                .doesNotContain("/portal");
    }

    private static final Region NOWHERE = new Region("x", "Nowhere", "DE", Optional.empty(), 0);

    private static Region region(String name, String latitude, String longitude) {
        var mapPoint = new MapPoint(new BigDecimal(latitude), new BigDecimal(longitude));
        return new Region(name, name, "DE", Optional.of(mapPoint), 1);
    }

    private static OnSale plan(String name) {
        return new OnSale(
                new UUID(1, 1),
                name,
                "std",
                "Standard",
                new Plan.Size(1, 1024, 20, 1024),
                Money.of("4.49000000", "EUR"),
                Money.of("0.00615068", "EUR"),
                List.of("Frankfurt"));
    }
}
