export const perSecond = (rate: number) => `${Math.round(rate)}/s`
export const microseconds = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} us`
export const milliseconds = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`
export const megabytes = (bytes: number) =>
  `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`
export const percent = (share: number) => `${(100 * share).toFixed(1)} %`
