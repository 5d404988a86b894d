export const LANGUAGES: string[];
export function extract(): string;
