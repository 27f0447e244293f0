package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvgColoursTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rgb(255,0,51)|#ff0033",
                "rgb( 255 , 0 , 51 )|#ff0033",
                "rgb(255 0 51)|#ff0033",
                "rgb(300,-4,51.4)|#ff0033",
                "rgb(89.803314%,18.82019%,20.784314%)|#e53035",
                "rgb(100% 0% 20%)|#ff0033",
                "rgba(255,0,51,1)|#ff0033",
                "rgba(255,0,51,100%)|#ff0033",
                "rgb(255 0 51 / 1)|#ff0033",
                "rgb(255 0 51/100%)|#ff0033",
                "rgba(255,0,51,0)|transparent",
                "#f03f|#f03",
                "#ff0033ff|#ff0033",
                "#ff003300|transparent",
                "#f030|transparent",
                "hsl(0,100%,50%)|#ff0000",
                "hsl(120deg 100% 25%)|#008000",
                "hsl(-120, 100%, 40%)|#0000cc",
                "hsl(210, 80%, 40%)|#1466b8",
                "hsla(0, 0%, 100%, 1)|#ffffff",
                "rebeccapurple|#663399",
            })
    void convertsOpaqueColoursToHexadecimal(String given, String written) {
        assertThat(SvgColours.plain(given)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "red",
                "#f00",
                "#ff0033",
                "#ff003380",
                "#f038",
                "rgba(255,0,51,.5)",
                "rgb(255 0 51 / 50%)",
                "rgb(255,0)",
                "rgb(255,0,51,1,1)",
                "rgb(255,0%,51)",
                "rgb(255deg,0,51)",
                "rgb(255 0,51)",
                "rgb(255 0 51 1)",
                "rgb(255 0 / 51)",
                "rgb(255,,51)",
                "rgb(1e2,0,0)",
                "rgb(9999999,0,0)",
                "rgb(url(#a))",
                "hsl(0,100,50)",
                "hsl(10%,100%,50%)",
                "hwb(0 0% 0%)",
                "rgb()",
                "currentcolor",
            })
    void keepsUnsupportedColoursUnchanged(String given) {
        assertThat(SvgColours.plain(given)).isEqualTo(given);
    }
}
