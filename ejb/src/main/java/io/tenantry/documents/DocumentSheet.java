package io.tenantry.documents;

import io.tenantry.brand.Palette;
import java.util.Map;

/** The style sheet of printed documents: measures, and the colours of the brand. */
final class DocumentSheet {
    private static final String SHEET = """
            @page {
              size: A4; margin: 18mm 18mm {bottom} 18mm;
              @bottom-left { content: element(foot); width: 84%; vertical-align: top }
              @bottom-right {
                content: "{page} " counter(page) " / " counter(pages); width: 16%; vertical-align: top; text-align: right;
                padding-top: 4mm; font: 7.5pt Document; color: {text3};
              }
            }
            body { font: 9pt/1.45 Document; color: {text}; margin: 0; word-wrap: break-word }
            p, h1, h2, table { margin: 0 }
            table { width: 100%; border-collapse: collapse }
            th, td { padding: 0; text-align: left; vertical-align: top; font-weight: normal }
            .end { text-align: right; padding-left: 4mm; white-space: nowrap }
            .quiet, small { color: {text3} }
            small { display: block; font-size: 7.5pt }
            b { font-weight: bold }
            .head td { vertical-align: middle; padding-bottom: 5mm }
            .head h1 { font-size: 21pt; line-height: 1.1; font-weight: bold }
            .head .end { padding-left: 10mm; color: {brand}; font-size: 13pt; font-weight: bold }
            .head img { max-height: 15mm; max-width: 60mm }
            .head .icon { height: 9mm; vertical-align: middle; margin-right: 2mm }
            .bar { border-top: 0.6mm solid {brand}; margin-bottom: 6mm }
            .facts td, .parties td { padding-right: 6mm }
            .facts { margin-bottom: 7mm }
            .parties { margin-bottom: 8mm }
            .parties td { width: 50% }
            .label { color: {text3}; font-size: 7.5pt }
            .amount { margin-bottom: 7mm }
            .amount b { font-size: 17pt; padding-right: 3mm }
            .amount span { color: {text2} }
            .reason, .introduction { margin-bottom: 6mm }
            .closing { margin-top: 5mm }
            .legal { margin-top: 5mm; font-size: 7.5pt; color: {text3} }
            .from-right { text-align: right }
            .lines { -fs-table-paginate: paginate; border-bottom: 0.25mm solid {strong}; margin-bottom: 4mm }
            .lines th { border-bottom: 0.25mm solid {strong}; padding-bottom: 1.5mm; color: {text3}; font-size: 7.5pt }
            .lines tr { page-break-inside: avoid }
            .lines td { padding-top: 1.6mm; padding-bottom: 1.6mm; border-top: 0.15mm solid {line} }
            .lines .first td { border-top: 0 }
            .lines tbody { page-break-inside: avoid }
            .lines .what { width: 50% }
            .lines .group td { font-weight: bold; padding-bottom: 0 }
            .lines .of td { border-top: 0; padding-top: 1mm }
            .sums { padding-left: 40%; margin-bottom: 8mm; page-break-inside: avoid }
            .sums td { padding-top: 1mm; padding-bottom: 1mm; color: {text2} }
            .sums .end { color: {text} }
            .sums .piece td { padding-top: 0; padding-left: 4mm; font-size: 7.5pt; color: {text3} }
            .sums .total td { border-top: 0.25mm solid {strong}; padding-top: 2mm; font-size: 12pt; font-weight: bold; color: {text} }
            .words p { color: {text2}; page-break-inside: avoid }
            .words p + p { margin-top: 2mm }
            .foot { position: running(foot); border-top: 0.15mm solid {line}; padding-top: 4mm; font-size: 7.5pt; color: {text3} }
            .specimen { position: absolute; z-index: -1; top: 190mm; left: 0; width: 174mm; text-align: center; font-size: 64pt; font-weight: bold; color: {line} }
            """;

    /** Number of template lines that fit at the foot of each page before it has to grow. */
    private static final int FOOT_LINES = 1;

    private static final int FOOT_MM = 30;
    private static final int FOOT_LINE_MM = 4;

    /** Number of the widest characters that fit into a line at the foot. */
    private static final int FOOT_WIDTH = 60;

    private DocumentSheet() {}

    /**
     * Returns the style sheet.
     *
     * @param footer the reseller's lines at the foot of each page, for which it keeps room
     */
    static String of(Letterhead letterhead, String page, String footer) {
        var light = Palette.of(letterhead.brand()).light();
        var sheet = SHEET;
        for (var colour : Map.of(
                        "{text}", light.text().hex(),
                        "{text2}", light.text2().hex(),
                        "{text3}", light.text3().hex(),
                        "{line}", light.line().hex(),
                        "{strong}", light.lineStrong().hex(),
                        "{brand}", letterhead.accent().hex(),
                        "{bottom}", bottom(footer) + "mm",
                        "{page}", page)
                .entrySet()) {
            sheet = sheet.replace(colour.getKey(), colour.getValue());
        }
        return sheet;
    }

    /** Returns the height of the page footer. */
    private static int bottom(String footer) {
        var lines =
                footer.lines().mapToInt(line -> 1 + line.length() / FOOT_WIDTH).sum();
        return FOOT_MM + Math.max(0, lines - FOOT_LINES) * FOOT_LINE_MM;
    }
}
