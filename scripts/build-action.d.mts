export declare function actionBundle(): Promise<readonly (readonly [file: string, text: string])[]>
