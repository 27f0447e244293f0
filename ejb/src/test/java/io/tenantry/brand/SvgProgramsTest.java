package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.ImageUpload.Outcome;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Logos as written by drawing programs: accepted, and rendered as they look. */
class SvgProgramsTest {
    private static final int RED = 0xffcc0000;
    private static final int BLUE = 0xff0000cc;
    private static final int NOTHING = 0;

    @Test
    void drawsAnIllustratorFile() {
        var image = drawn("""
                <?xml version="1.0" encoding="utf-8"?>
                <!-- Generator: a drawing program -->
                <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
                  <!ENTITY ns_svg "http://www.w3.org/2000/svg">
                  <!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
                  <!ENTITY ns_ai "urn:ai">
                  <!ENTITY st9 "fill:#CC0000;">
                ]>
                <svg version="1.1" id="Ebene_1" xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" xmlns:i="&ns_ai;" x="0px" y="0px"
                   viewBox="0 0 120 40" style="enable-background:new 0 0 120 40;" xml:space="preserve">
                <style type="text/css">
                  .st0{clip-path:url(#SVGID_2_);}
                  .st1{fill:#0000CC;} .st0,.st2{fill-rule:evenodd;clip-rule:evenodd}
                </style>
                <switch>
                  <foreignObject requiredExtensions="&ns_ai;" x="0" y="0" width="1" height="1"><i:ref/></foreignObject>
                  <g i:extraneous="self">
                    <g><defs><rect id="SVGID_1_" width="60" height="40"/></defs>
                      <clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_" style="overflow:visible;"/></clipPath>
                      <g class="st0"><rect class="st2" style="&st9;" width="120" height="40"/></g>
                    </g>
                    <circle class="st1" cx="90" cy="20" r="10"/>
                  </g>
                </switch>
                <i:pgf id="adobe_pgf">AAAA</i:pgf>
                </svg>
                """, 120);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsAnInkscapeFile() {
        var image = drawn("""
                <?xml version="1.0" encoding="UTF-8" standalone="no"?>
                <svg:svg width="120mm" height="40mm" viewBox="0 0 120 40" xmlns:inkscape="urn:ink" xmlns:sodipodi="urn:sodi"
                   xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="http://www.w3.org/2000/svg" xmlns:rdf="urn:rdf">
                  <sodipodi:namedview id="base" pagecolor="#ffffff"><inkscape:grid/></sodipodi:namedview>
                  <svg:defs>
                    <svg:linearGradient id="stops" inkscape:collect="always">
                      <svg:stop offset="0" style="stop-color:#cc0000;stop-opacity:1"/>
                      <svg:stop offset="1" style="stop-color:#cc0000;stop-opacity:1"/>
                    </svg:linearGradient>
                    <svg:radialGradient xlink:href="#stops" id="round" cx="20" cy="20" fx="20" fy="20" r="20" gradientUnits="userSpaceOnUse"
                      gradientTransform="matrix(1,0,0,1,0,0)"/>
                    <svg:symbol id="dot" viewBox="0 0 10 10"><svg:circle cx="5" cy="5" r="5"/></svg:symbol>
                  </svg:defs>
                  <svg:metadata><rdf:RDF/></svg:metadata>
                  <svg:g inkscape:label="Layer 1" inkscape:groupmode="layer" style="display:inline">
                    <svg:path style="fill:url(#round);fill-opacity:1;stroke:none;stroke-width:0.264583;-inkscape-font-specification:Sans"
                       d="m 0,0 h 40 v 40 h -40 z" sodipodi:nodetypes="ccccc"/>
                    <svg:use xlink:href="#dot" x="80" y="10" width="20" height="20" style="fill:#0000cc"/>
                  </svg:g>
                </svg:svg>
                """, 454);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsAFigmaFile() {
        var image = drawn("""
                <svg width="120" height="40" viewBox="0 0 120 40" fill="none" xmlns="http://www.w3.org/2000/svg">
                <g clip-path="url(#clip0_1_2)">
                <mask id="mask0_1_2" style="mask-type:alpha" maskUnits="userSpaceOnUse" x="0" y="0" width="40" height="40">
                <rect width="40" height="40" fill="#D9D9D9"/>
                </mask>
                <g mask="url(#mask0_1_2)"><rect width="120" height="40" fill="#CC0000"/></g>
                <path fill-rule="evenodd" clip-rule="evenodd" d="M80 10H100V30H80V10Z" fill="url(#paint0_linear_1_2)"/>
                </g>
                <defs>
                <linearGradient id="paint0_linear_1_2" x1="80" y1="10" x2="100" y2="10" gradientUnits="userSpaceOnUse">
                <stop stop-color="#0000CC"/><stop offset="1" stop-color="#0000CC"/></linearGradient>
                <clipPath id="clip0_1_2"><rect width="120" height="40" fill="white"/></clipPath>
                </defs>
                </svg>
                """, 120);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsACorelDrawFile() {
        var image = drawn("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
                <svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="120mm" height="40mm" version="1.1"
                style="shape-rendering:geometricPrecision; text-rendering:geometricPrecision; image-rendering:optimizeQuality; fill-rule:evenodd"
                viewBox="0 0 12000 4000" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xodm="urn:xodm">
                 <defs><style type="text/css"><![CDATA[
                    .fil0 {fill:#CC0000}
                    .str0 {stroke:#0000CC;stroke-width:2000;stroke-miterlimit:22.9256}
                    .fil1 {fill:none;fill-rule:nonzero}
                 ]]></style></defs>
                 <g id="Layer_x0020_1"><metadata id="CorelCorpID_0Corel-Layer"/>
                  <polygon class="fil0" points="0,0 4000,0 4000,4000 0,4000 "/>
                  <line class="fil1 str0" x1="8000" y1="2000" x2="10000" y2= "2000" />
                 </g>
                </svg>
                """, 454);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsACairoFile() {
        var image = drawn("""
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120pt" height="40pt"
                  viewBox="0 0 120 40" version="1.1">
                <defs><g><symbol overflow="visible" id="glyph0-1"><path style="stroke:none;" d="M 0 0 L 20 0 L 20 -20 L 0 -20 Z "/></symbol></g>
                <clipPath id="clip1"><path d="M 0 0 L 40 0 L 40 40 L 0 40 Z M 0 0 "/></clipPath></defs>
                <g id="surface1"><g clip-path="url(#clip1)" clip-rule="nonzero">
                <path style=" stroke:none;fill-rule:nonzero;fill:rgb(80.0001%,0%,0%);fill-opacity:1;" d="M 0 0 L 120 0 L 120 40 L 0 40 Z M 0 0 "/></g>
                <g style="fill:rgb(0%,0%,80.0001%);fill-opacity:1;"><use xlink:href="#glyph0-1" x="80" y="30"/></g></g></svg>
                """, 160);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsAFileOfANewerInkscape() {
        var image = drawn("""
                <svg width="120" height="40" viewBox="0 0 120 40" xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg">
                <g id="layer1" style="display:inline"><path
                style="fill:#cc0000;fill-opacity:1;stroke:#cc0000;stroke-width:2;stroke-dasharray:none;paint-order:markers stroke fill"
                d="M 0,0 H 40 V 40 H 0 Z"/>
                <rect style="opacity:1;fill:url(#g) rgb(0, 0, 0);stroke:none;paint-order:stroke fill markers" x="80" y="5" width="20" height="30"/></g>
                <defs><linearGradient id="g"><stop style="stop-color:hsl(240, 100%, 40%);stop-opacity:1"/></linearGradient></defs></svg>
                """, 120);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsAPaperJsFile() {
        var image = drawn("""
                <svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><g fill="none" fill-rule="nonzero" stroke="none" stroke-width="1"
                stroke-linecap="butt" stroke-linejoin="miter" stroke-miterlimit="10" stroke-dasharray="" stroke-dashoffset="0" font-family="none"
                font-weight="none" font-size="none" text-anchor="none" style="mix-blend-mode: normal;fill:"><path d="M0,40v-40h40v40z" fill="#cc0000"/>
                <path d="M80,30v-20h20v20z" fill="rgb(0 0 204 / 1)" stroke=""/></g></svg>
                """, 120);
        assertColours(image, RED, NOTHING, BLUE);
    }

    @Test
    void drawsFilesOfIconSets() {
        var boxicons = drawn("""
                <svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40"
                style="fill: rgba(204, 0, 0, 1);transform: ;msFilter:;"><path d="M0 0h40v40H0z"/><path style="fill:#00c" d="M80 0h40v40H80z"/></svg>
                """, 120);
        assertColours(boxicons, RED, NOTHING, BLUE);
        var design = drawn("""
                <svg xmlns="http://www.w3.org/2000/svg" style="width:60px;height:20px" viewBox="0 0 120 40" color="#c00">
                <path fill="currentColor" d="M0,0H40V40H0Z"/><path fill="#00c" d="M80,0H120V40H80Z"/></svg>
                """, 60);
        assertColours(design, RED, NOTHING, BLUE);
    }

    private static BufferedImage drawn(String svg, int width) {
        var outcome = ImageUpload.of(ImageUpload.Kind.LOGO, svg.getBytes(StandardCharsets.UTF_8));
        assertThat(outcome).as(String.valueOf(outcome)).isInstanceOf(Outcome.Accepted.class);
        var made = (Outcome.Accepted) outcome;
        assertThat(made.width()).isEqualTo(width);
        return SvgRenderer.image(made.content(), 120, 40).orElseThrow();
    }

    /** Asserts the colors of a point on the left, in the middle and on the right. */
    private static void assertColours(BufferedImage image, int left, int middle, int right) {
        assertThat(image.getRGB(20, 20)).as("left").isEqualTo(left);
        assertThat(image.getRGB(65, 20)).as("middle").isEqualTo(middle);
        assertThat(image.getRGB(90, 20)).as("right").isEqualTo(right);
    }
}
