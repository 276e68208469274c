declare module '@lhncbc/ucum-lhc' {
  /** What a conversion answers (ucum-lhc 7.1.10, `convertUnitTo`). */
  interface ConvertResult {
    readonly status: 'succeeded' | 'failed' | 'error';
    readonly toVal: number | null;
    readonly msg: readonly string[];
  }

  interface Converter {
    convertUnitTo(
      fromUnitCode: string,
      fromVal: number,
      toUnitCode: string,
      options?: { readonly suggest?: boolean; readonly molecularWeight?: number; readonly charge?: number },
    ): ConvertResult;
  }

  const ucum: { readonly UcumLhcUtils: { getInstance(): Converter } };
  export default ucum;
}
